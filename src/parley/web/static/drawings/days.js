// Days, as the app writes them: "YYYY-MM-DD" in, dates of UTC within, the reader's words out.

export const DAY = 86_400_000;

/** Return the date of an ISO day, years before 100 too. */
export function day(iso) {
  return iso ? new Date(`${iso}T00:00:00Z`) : null;
}

/** Return the ISO day of a date. */
export const iso = (date) => date.toISOString().slice(0, 10);

/** Return a date so many days later. */
export const later = (date, days) => new Date(+date + days * DAY);

const LANGUAGE = navigator.languages ? [...navigator.languages] : undefined;
const write = (options) => {
  const format = new Intl.DateTimeFormat(LANGUAGE, { timeZone: "UTC", ...options });
  return (date) => format.format(date);
};

const year = write({ year: "numeric" });
const month = write({ month: "short", year: "numeric" });
const full = write({ day: "numeric", month: "short", year: "numeric" });
const shortMonth = write({ month: "short" });
const shortDay = write({ day: "numeric", month: "short" });

/** Return where a span of days ends on a scale: the beginning of the day after its last. */
export const close = (last) => later(day(last), 1);

/** Say when something was, no more precisely than is known. */
export function say(start, end, precision = "day") {
  const [from, to] = [day(start), day(end)];
  if (!from) return "undated";
  if (precision === "year") return year(from);
  if (precision === "month") return month(from);
  if (!to) return precision === "span" ? `since ${full(from)}` : full(from);
  return start === end ? full(from) : `${full(from)} – ${full(to)}`;
}

/** Say a tick of an axis as shortly as it can be understood. */
export function sayTick(date) {
  if (date.getUTCDate() !== 1) return shortDay(date);
  return date.getUTCMonth() ? shortMonth(date) : year(date);
}

/** Say the span of a bin: a day, a week, a month, a year. */
export function sayBin(start, end, unit) {
  if (unit === "year") return year(day(start));
  if (unit === "month") return month(day(start));
  if (unit === "day") return full(day(start));
  return say(start, end);
}
