/** Loaded into the bot's process before the bot: tells the bench its memory when asked. */

const SAMPLE_EVERY_MS = 20;

let peak = 0;
setInterval(() => {
  peak = Math.max(peak, process.memoryUsage.rss());
}, SAMPLE_EVERY_MS).unref();

process.on("message", () => {
  const now = process.memoryUsage.rss();
  process.send?.({ now, peak: Math.max(peak, now) });
  peak = now;
});
// A channel that is listened to would keep a stopped bot alive.
process.channel?.unref();
