
// Leaving: the page is emptied at once and replaced in the history by another site's, so that the back button does not
// lead to it. The Shift key, three times within five seconds, does the same.
{
  const link = document.querySelector(".exit"), said = document.querySelector(".exit-said");
  const WAIT = 5000;
  let presses = 0, alone = false, timer, left = false;

  const leave = () => {
    left = true;
    const word = document.createElement("p");
    word.setAttribute("role", "alert");
    word.textContent = link.dataset.leaving;
    document.title = link.dataset.leaving;
    document.querySelector("link[rel=icon]")?.remove();
    document.body.replaceChildren(word);
    location.replace(link.href);
  };
  const forget = words => {
    clearTimeout(timer);
    presses = 0;
    said.textContent = words;
  };

  link.title = link.dataset.keys;
  link.addEventListener("click", event => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    leave();
  });
  addEventListener("keydown", event => {
    // Shift held for a capital letter, or to go back by Tab, is none of the three.
    alone = event.key === "Shift" && !event.ctrlKey && !event.altKey && !event.metaKey;
    if (!alone && presses) forget("");
  });
  addEventListener("keyup", event => {
    if (event.key !== "Shift" || !alone) return;
    alone = false;
    presses += 1;
    if (presses === 3) return leave();
    clearTimeout(timer);
    timer = setTimeout(() => forget(link.dataset.expired), WAIT);
    said.textContent = presses === 1 ? link.dataset.two : link.dataset.one;
  });
  addEventListener("pageshow", event => { if (event.persisted && left) location.reload(); });
}
