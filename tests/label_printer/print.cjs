// Prints labels: ZPL from one file, a JSON list of PNG pictures in base64 into another.
// usage: node print.cjs FOLDER_OF_NODE_MODULES ZPL_FILE JSON_FILE WIDTH_MM HEIGHT_MM DOTS_PER_MM
const path = require("node:path");
const fs = require("node:fs");

const [folder, zpl, json, ...sizes] = process.argv.slice(2);
const { ready } = require(path.resolve(folder, "zpl-renderer-js"));

ready.then(async ({ api }) => {
    const labels = await api.zplToBase64MultipleAsync(fs.readFileSync(zpl, "utf8"), ...sizes.map(Number));
    fs.writeFileSync(json, JSON.stringify(labels));
    process.exit(0);
}).catch((error) => {
    console.error(String(error));
    process.exit(1);
});
