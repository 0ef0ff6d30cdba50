// The keyboard, from anywhere: "/" to search, "g" and a letter to go to a page, "?" for help.
// Pages work without this; nothing here makes markup of a text.

const PAGES = {
  o: "/",
  t: "/timeline",
  m: "/map",
  k: "/talks",
  c: "/calendar",
  a: "/agreements",
  f: "/fighting",
  l: "/claims",
  d: "/disagreements",
  p: "/parties",
  s: "/sources",
  r: "/reports",
  v: "/review",
};

let waiting = false;

function isTyping(target) {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) &&
    !/^(checkbox|radio|button|submit)$/.test(target.type)
  );
}

function press(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (isTyping(event.target)) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  if (waiting) {
    waiting = false;
    const page = PAGES[event.key];
    if (page) {
      event.preventDefault();
      location.assign(page);
    }
    return;
  }
  if (event.key === "/") {
    const field = document.getElementById("q");
    if (field) {
      event.preventDefault();
      field.focus();
      field.select();
    }
  } else if (event.key === "g") {
    waiting = true;
    setTimeout(() => (waiting = false), 1500);
  } else {
    const control = [...document.querySelectorAll("[data-key]")].find(
      (each) => each.dataset.key === event.key && !each.disabled,
    );
    if (control) {
      event.preventDefault();
      if (/^(INPUT|TEXTAREA|SELECT)$/.test(control.tagName)) control.focus();
      else control.click();
    }
  }
}

document.addEventListener("keydown", press);

// Files may be dropped anywhere on the form that takes them.
for (const form of document.querySelectorAll("form[data-drop]")) {
  const field = form.querySelector("input[type=file]");
  form.addEventListener("dragover", (event) => {
    event.preventDefault();
    form.dataset.over = "1";
  });
  form.addEventListener("dragleave", () => delete form.dataset.over);
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    delete form.dataset.over;
    field.files = event.dataTransfer.files;
  });
}
