BEGIN;

CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

CREATE TABLE meta (
	"key" TEXT NOT NULL, 
	value TEXT NOT NULL, 
	CONSTRAINT pk_meta PRIMARY KEY ("key")
);

CREATE TABLE mentions (
	id TEXT NOT NULL, 
	report TEXT NOT NULL, 
	start INTEGER NOT NULL, 
	"end" INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	type TEXT NOT NULL, 
	mode TEXT, 
	status TEXT NOT NULL, 
	when_start DATE, 
	when_end DATE, 
	when_precision TEXT, 
	said DATE, 
	background BOOLEAN NOT NULL, 
	data TEXT NOT NULL, confidence FLOAT, 
	CONSTRAINT pk_mentions PRIMARY KEY (id), 
	CONSTRAINT fk_mentions_report FOREIGN KEY(report) REFERENCES reports (id) ON DELETE CASCADE
);

CREATE INDEX ix_mentions_report ON mentions (report, start);

CREATE TABLE event_mentions (
	event TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	mention TEXT NOT NULL, report TEXT, 
	CONSTRAINT pk_event_mentions PRIMARY KEY (event, position), 
	CONSTRAINT fk_event_mentions_mention FOREIGN KEY(mention) REFERENCES mentions (id) ON DELETE CASCADE, 
	CONSTRAINT uq_event_mentions_mention UNIQUE (mention), 
	CONSTRAINT fk_event_mentions_event FOREIGN KEY(event) REFERENCES events (id) ON DELETE CASCADE
);

CREATE TABLE participants (
	event TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	country TEXT, 
	role TEXT NOT NULL, 
	side TEXT, 
	people TEXT, 
	words TEXT NOT NULL, type TEXT, status TEXT, day DATE, again BOOLEAN, 
	CONSTRAINT pk_participants PRIMARY KEY (event, position), 
	CONSTRAINT fk_participants_event FOREIGN KEY(event) REFERENCES events (id) ON DELETE CASCADE
);

CREATE TABLE places (
	event TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	country TEXT, 
	lat FLOAT, 
	lon FLOAT, 
	precision TEXT NOT NULL, 
	words TEXT NOT NULL, 
	CONSTRAINT pk_places PRIMARY KEY (event, position), 
	CONSTRAINT fk_places_event FOREIGN KEY(event) REFERENCES events (id) ON DELETE CASCADE
);

CREATE INDEX ix_participants_name ON participants (name);

CREATE INDEX ix_participants_country ON participants (country);

CREATE INDEX ix_places_name ON places (name);

CREATE INDEX ix_places_country ON places (country);

CREATE TABLE counts (
	event TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	what TEXT NOT NULL, 
	low INTEGER, 
	best INTEGER, 
	high INTEGER, 
	side TEXT, 
	claimed_by TEXT, 
	mention TEXT, type TEXT, status TEXT, day DATE, 
	CONSTRAINT pk_counts PRIMARY KEY (event, position), 
	CONSTRAINT fk_counts_event FOREIGN KEY(event) REFERENCES events (id) ON DELETE CASCADE
);

CREATE TABLE provisions (
	event TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	mention TEXT, 
	CONSTRAINT pk_provisions PRIMARY KEY (event, position), 
	CONSTRAINT fk_provisions_event FOREIGN KEY(event) REFERENCES events (id) ON DELETE CASCADE
);

CREATE TABLE links (
	relation TEXT NOT NULL, 
	"from" TEXT NOT NULL, 
	"to" TEXT NOT NULL, 
	data TEXT NOT NULL, 
	CONSTRAINT pk_links PRIMARY KEY (relation, "from", "to"), 
	CONSTRAINT fk_links_from FOREIGN KEY("from") REFERENCES events (id) ON DELETE CASCADE, 
	CONSTRAINT fk_links_to FOREIGN KEY("to") REFERENCES events (id) ON DELETE CASCADE
);

CREATE INDEX ix_links_to ON links ("to");

CREATE TABLE fetched (
	address TEXT NOT NULL, 
	url TEXT NOT NULL, 
	etag TEXT, 
	modified TEXT, 
	CONSTRAINT pk_fetched PRIMARY KEY (address)
);

CREATE TABLE corrections (
	number INTEGER NOT NULL, 
	at TEXT NOT NULL, 
	"by" TEXT NOT NULL, 
	action TEXT NOT NULL, 
	event TEXT NOT NULL, 
	field TEXT, 
	why TEXT, 
	undoes INTEGER, 
	data TEXT NOT NULL, 
	CONSTRAINT pk_corrections PRIMARY KEY (number), 
	CONSTRAINT fk_corrections_undoes FOREIGN KEY(undoes) REFERENCES corrections (number)
);

CREATE INDEX ix_corrections_event ON corrections (event);

CREATE TABLE suggestions (
	event TEXT NOT NULL, 
	shown BOOLEAN NOT NULL, 
	data TEXT NOT NULL, 
	CONSTRAINT pk_suggestions PRIMARY KEY (event)
);

CREATE TABLE changes (
	revision INTEGER NOT NULL, 
	at TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	id TEXT NOT NULL, 
	action TEXT NOT NULL, 
	successor TEXT, 
	delta TEXT, 
	CONSTRAINT pk_changes PRIMARY KEY (revision)
);

CREATE INDEX ix_changes_at ON changes (at);

CREATE INDEX ix_changes_kind ON changes (kind, id);

CREATE TABLE tombstones (
	id TEXT NOT NULL, 
	successor TEXT, 
	CONSTRAINT pk_tombstones PRIMARY KEY (id)
);

CREATE INDEX ix_tombstones_successor ON tombstones (successor);

CREATE TABLE "reports" (
	number INTEGER NOT NULL, 
	id TEXT NOT NULL, 
	source TEXT NOT NULL, 
	title TEXT, 
	outlet TEXT, 
	language TEXT, 
	url TEXT, 
	published_start DATE, 
	published_end DATE, 
	published_how TEXT, 
	published_confidence FLOAT, 
	coded BOOLEAN NOT NULL, 
	text_sha256 TEXT NOT NULL, 
	data TEXT NOT NULL, 
	text TEXT NOT NULL, 
	CONSTRAINT pk_reports PRIMARY KEY (number), 
	CONSTRAINT uq_reports_id UNIQUE (id)
);

CREATE INDEX ix_reports_source ON reports (source);

CREATE INDEX ix_reports_published_start ON reports (published_start);

CREATE TABLE "events" (
	number INTEGER NOT NULL, 
	id TEXT NOT NULL, 
	type TEXT NOT NULL, 
	mode TEXT, 
	summary TEXT NOT NULL, 
	status TEXT NOT NULL, 
	when_start DATE, 
	when_end DATE, 
	when_precision TEXT, 
	mentions INTEGER NOT NULL, 
	reports INTEGER NOT NULL, 
	disagreements INTEGER NOT NULL, 
	words TEXT NOT NULL, 
	data TEXT NOT NULL, sources INTEGER DEFAULT '1' NOT NULL, confidence FLOAT, thin BOOLEAN DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_events PRIMARY KEY (number), 
	CONSTRAINT uq_events_id UNIQUE (id)
);

CREATE INDEX ix_events_status ON events (status);

CREATE INDEX ix_events_type ON events (type);

CREATE INDEX ix_events_when_start ON events (when_start);

CREATE VIRTUAL TABLE reports_fts USING fts5(title, text, content="reports", content_rowid='number', tokenize='unicode61 remove_diacritics 2');

CREATE TRIGGER reports_fts_added AFTER INSERT ON reports BEGIN INSERT INTO reports_fts (rowid, title, text) VALUES (new.number, new.title, new.text); END;

CREATE TRIGGER reports_fts_removed AFTER DELETE ON reports BEGIN INSERT INTO reports_fts (reports_fts, rowid, title, text) VALUES ('delete', old.number, old.title, old.text); END;

CREATE TRIGGER reports_fts_changed AFTER UPDATE OF title, text ON reports WHEN old.title IS NOT new.title OR old.text IS NOT new.text BEGIN INSERT INTO reports_fts (reports_fts, rowid, title, text) VALUES ('delete', old.number, old.title, old.text); INSERT INTO reports_fts (rowid, title, text) VALUES (new.number, new.title, new.text); END;

CREATE VIRTUAL TABLE events_fts USING fts5(words, content="events", content_rowid='number', tokenize='unicode61 remove_diacritics 2');

CREATE TRIGGER events_fts_added AFTER INSERT ON events BEGIN INSERT INTO events_fts (rowid, words) VALUES (new.number, new.words); END;

CREATE TRIGGER events_fts_removed AFTER DELETE ON events BEGIN INSERT INTO events_fts (events_fts, rowid, words) VALUES ('delete', old.number, old.words); END;

CREATE TRIGGER events_fts_changed AFTER UPDATE OF words ON events WHEN old.words IS NOT new.words BEGIN INSERT INTO events_fts (events_fts, rowid, words) VALUES ('delete', old.number, old.words); INSERT INTO events_fts (rowid, words) VALUES (new.number, new.words); END;

CREATE VIEW timeline AS
SELECT events.when_start AS "from", events.when_end AS "to", events.status, events.type,
       events.summary, parties.names AS parties, sites.names AS places,
       events.reports, events.disagreements, events.id AS event
FROM events
LEFT JOIN (SELECT event, group_concat(DISTINCT name) AS names FROM participants GROUP BY event) AS parties
       ON parties.event = events.id
LEFT JOIN (SELECT event, group_concat(DISTINCT name) AS names FROM places GROUP BY event) AS sites
       ON sites.event = events.id;

CREATE VIEW tellings AS
SELECT events.id AS event, events.summary, mentions.text AS words, mentions.status,
       mentions.said, reports.outlet, reports.published_start AS published, reports.source,
       mentions."start", mentions."end", mentions.id AS mention
FROM event_mentions
JOIN events ON events.id = event_mentions.event
JOIN mentions ON mentions.id = event_mentions.mention
JOIN reports ON reports.id = mentions.report;

CREATE TABLE habits (
	outlet TEXT NOT NULL, 
	stories INTEGER NOT NULL, 
	counts TEXT NOT NULL, 
	CONSTRAINT pk_habits PRIMARY KEY (outlet)
);

CREATE TABLE merge_nodes (
	id TEXT NOT NULL, 
	report TEXT NOT NULL, 
	pool TEXT NOT NULL, 
	level INTEGER NOT NULL, 
	traits TEXT NOT NULL, 
	CONSTRAINT pk_merge_nodes PRIMARY KEY (id)
);

CREATE INDEX ix_merge_nodes_pool ON merge_nodes (pool);

CREATE TABLE merge_members (
	mention TEXT NOT NULL, 
	node TEXT NOT NULL, 
	report TEXT NOT NULL, 
	"order" TEXT NOT NULL, 
	CONSTRAINT pk_merge_members PRIMARY KEY (mention)
);

CREATE INDEX ix_merge_members_node ON merge_members (node);

CREATE INDEX ix_merge_members_report ON merge_members (report);

CREATE TABLE merge_keys (
	"key" BIGINT NOT NULL, 
	node TEXT NOT NULL, 
	CONSTRAINT pk_merge_keys PRIMARY KEY ("key", node)
)
 WITHOUT ROWID;

CREATE TABLE merge_crowds (
	"key" BIGINT NOT NULL, 
	holders INTEGER NOT NULL, 
	CONSTRAINT pk_merge_crowds PRIMARY KEY ("key")
);

CREATE TABLE merge_edges (
	node TEXT NOT NULL, 
	other TEXT NOT NULL, 
	score FLOAT NOT NULL, 
	CONSTRAINT pk_merge_edges PRIMARY KEY (node, other)
)
 WITHOUT ROWID;

CREATE TABLE merge_cues (
	mention TEXT NOT NULL, 
	relation TEXT NOT NULL, 
	target TEXT NOT NULL, 
	report TEXT NOT NULL, 
	CONSTRAINT pk_merge_cues PRIMARY KEY (mention, relation, target)
);

CREATE INDEX ix_merge_cues_report ON merge_cues (report);

CREATE TABLE stories (
	report TEXT NOT NULL, 
	data TEXT NOT NULL, 
	CONSTRAINT pk_stories PRIMARY KEY (report)
);

CREATE TABLE stirred (
	kind TEXT NOT NULL, 
	id TEXT NOT NULL, 
	CONSTRAINT pk_stirred PRIMARY KEY (kind, id)
);

CREATE TABLE tellers (
	event TEXT NOT NULL, 
	outlet TEXT NOT NULL, 
	day DATE, 
	alone BOOLEAN NOT NULL, 
	earliest BOOLEAN NOT NULL, 
	CONSTRAINT pk_tellers PRIMARY KEY (event, outlet), 
	CONSTRAINT fk_tellers_event FOREIGN KEY(event) REFERENCES events (id) ON DELETE CASCADE
);

CREATE INDEX ix_events_brief ON events (id, type, status, when_start, when_end, disagreements, reports);

CREATE INDEX ix_events_disagreements ON events (disagreements);

CREATE INDEX ix_participants_told ON participants (name, type, again, kind, country, day, event);

CREATE INDEX ix_participants_people ON participants (people, name, country, day);

CREATE INDEX ix_participants_role ON participants (role, type, name, day, status, event);

CREATE INDEX ix_counts_told ON counts (type, event, what, side, mention, claimed_by, low, best, high, day, status);

CREATE INDEX ix_mentions_id ON mentions (id, report);

CREATE INDEX ix_reports_outlet ON reports (outlet, id);

CREATE INDEX ix_tellers_outlet ON tellers (outlet, alone, earliest, event);

CREATE INDEX ix_events_in_order ON events (coalesce(when_start, '9999-12-31'), coalesce(when_end, '9999-12-31'), type, id);

CREATE TABLE copies (
	report TEXT NOT NULL, 
	node TEXT NOT NULL, 
	"order" TEXT NOT NULL, 
	copy_of TEXT, 
	CONSTRAINT pk_copies PRIMARY KEY (report)
);

CREATE INDEX ix_copies_node ON copies (node);

CREATE INDEX ix_copies_copy_of ON copies (copy_of);

CREATE TABLE copy_nodes (
	id TEXT NOT NULL, 
	"group" TEXT NOT NULL, 
	sketch TEXT NOT NULL, 
	CONSTRAINT pk_copy_nodes PRIMARY KEY (id)
);

CREATE INDEX ix_copy_nodes_group ON copy_nodes ("group");

CREATE TABLE copy_keys (
	"key" BIGINT NOT NULL, 
	node TEXT NOT NULL, 
	CONSTRAINT pk_copy_keys PRIMARY KEY ("key", node)
)
 WITHOUT ROWID;

CREATE INDEX ix_events_sources ON events (sources);

CREATE INDEX ix_event_mentions_report ON event_mentions (report, event);

CREATE TABLE tolls (
	event TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	single BOOLEAN NOT NULL, 
	claimed_by TEXT, 
	what TEXT NOT NULL, 
	side TEXT, 
	low INTEGER NOT NULL, 
	best INTEGER NOT NULL, 
	high INTEGER NOT NULL, 
	status TEXT NOT NULL, 
	day DATE, 
	place TEXT, 
	dead BOOLEAN NOT NULL, 
	CONSTRAINT pk_tolls PRIMARY KEY (event, position), 
	CONSTRAINT fk_tolls_event FOREIGN KEY(event) REFERENCES events (id) ON DELETE CASCADE
);

CREATE INDEX ix_events_confidence ON events (confidence);

CREATE INDEX ix_reports_confidence ON reports (published_how, published_confidence);

CREATE INDEX ix_events_thin ON events (thin, type, when_start);

CREATE TABLE merge_reaches (
	node TEXT NOT NULL, 
	printed INTEGER, 
	since INTEGER, 
	CONSTRAINT pk_merge_reaches PRIMARY KEY (node)
)
 WITHOUT ROWID;

INSERT INTO alembic_version VALUES ('0012');

INSERT INTO meta VALUES ('application', 'parley');

PRAGMA application_id = 1347570777;

COMMIT;
