// What Ace by DAISY finds in the books that are named: a line of JSON each, a list of its rules with where they are broken.
const ace = require("@daisy/ace-core");
const chromium = require("@daisy/ace-axe-runner-puppeteer");

(async () => {
  const [folder, ...books] = process.argv.slice(2);
  for (const [number, book] of books.entries()) {
    const quiet = { silent: true, initLogger: true, fileName: `${folder}/ace.log`, doNotReportMedia: true };
    const options = { cwd: folder, outdir: `report-${number}`, tmpdir: `work-${number}`, lang: "en", ...quiet };
    const [, report] = await ace(book, options, chromium);
    console.log(JSON.stringify(report.assertions.flatMap(({ assertions, "earl:testSubject": { url } }) =>
      assertions.map((one) => `${one["earl:test"]["dct:title"]} in ${url}: ${one["earl:result"]["dct:description"]}`))));
  }
  process.exit(0);
})();
