/* Lighthouse in one Chromium, page after page: node lighthouse.mjs MODULES CHROMIUM {"address": ["category", …], …}
   Prints, for each address and category, the score of 100 and the audits that cost something. */
const [modules, chromePath, wanted] = process.argv.slice(2);
const { launch } = await import(`${modules}/chrome-launcher/dist/index.js`);
const { default: lighthouse } = await import(`${modules}/lighthouse/core/index.js`);
const chrome = await launch({ chromePath, chromeFlags: ["--headless=new", "--no-sandbox", "--disable-gpu"] });
const found = {};
for (const [address, onlyCategories] of Object.entries(JSON.parse(wanted))) {
  const options = { port: chrome.port, logLevel: "error", onlyCategories, disableFullPageScreenshot: true };
  const { lhr } = await lighthouse(address, options);
  found[address] = Object.fromEntries(Object.entries(lhr.categories).map(([name, category]) => {
    const weighed = category.auditRefs.filter(({ weight }) => weight > 0);
    const scores = weighed.map(({ id }) => [id, lhr.audits[id].score]);
    const costly = Object.fromEntries(scores.filter(([, score]) => score !== null && score !== 1));
    return [name, { score: Math.round(category.score * 100), costly }];
  }));
}
chrome.kill();
process.stdout.write(JSON.stringify(found));
