// What Thorium's own parser makes of the books that are named: a line of JSON each, with title, texts, navigation, overlays.
const parts = "r2-shared-js/dist/es8-es2017/src";
const { EpubParsePromise, getAllMediaOverlays } = require(`${parts}/parser/epub`);
const { DaisyParsePromise } = require(`${parts}/parser/daisy`);
const { initGlobalConverters_GENERIC, initGlobalConverters_SHARED } = require(`${parts}/init-globals`);

initGlobalConverters_GENERIC();
initGlobalConverters_SHARED();

const titles = (links) => (links ?? []).map((link) => [link.Title, ...titles(link.Children)]);
const clips = (node) => [
  ...(node.Audio ? [[node.Text, node.Audio, node.AudioClipBegin, node.AudioClipEnd]] : []),
  ...(node.Children ?? []).flatMap(clips),
];

(async () => {
  for (const file of process.argv.slice(2)) {
    const book = await (file.endsWith(".epub") ? EpubParsePromise(file) : DaisyParsePromise(file));
    const overlays = await getAllMediaOverlays(book);
    console.log(JSON.stringify({
      title: book.Metadata.Title,
      texts: (book.Spine ?? []).map((link) => link.Href),
      contents: titles(book.TOC),
      clips: overlays.flatMap(clips),
    }));
  }
  process.exit(0);
})();
