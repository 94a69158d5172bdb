// Reads a feed from standard input as calendar programs built on ical.js do
// (Thunderbird among them) and prints what they would show.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf8")));
for (const zone of calendar.getAllSubcomponents("vtimezone")) {
  ICAL.TimezoneService.register(zone);
}
const shown = calendar.getAllSubcomponents("vevent").map((component) => {
  const event = new ICAL.Event(component);
  return {
    uid: event.uid,
    title: event.summary,
    place: event.location,
    text: event.description,
    starts: event.startDate.toJSDate().toISOString(),
    ends: event.endDate.toJSDate().toISOString(),
    status: component.getFirstPropertyValue("status"),
    geo: component.getFirstPropertyValue("geo"),
    categories: component.getFirstProperty("categories").getValues(),
  };
});
process.stdout.write(JSON.stringify({
  name: calendar.getFirstPropertyValue("x-wr-calname"),
  every: calendar.getFirstPropertyValue("refresh-interval").toString(),
  events: shown,
}));
