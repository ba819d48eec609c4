import { describe, expect, it } from "vitest";
import { checkHouse, houseRules } from "../check-house.ts";
import { makeSandbox } from "../house/sandbox.ts";
import { findLongMedian } from "./file-shape.ts";
import { findRepeatedStatements } from "./statement-names.ts";

/** What the rules say about one file, as `line rule`. */
function judge(file: string, text: string): string[] {
	const rules = houseRules.filter(({ applies }) => applies(file));
	return rules.flatMap(({ find }) => find({ file, text })).map(({ rule, line }) => `${line ?? "-"} ${rule}`);
}

const violations: Record<string, [file: string, text: string]> = {
	"a physical margin": ["src/styles/a.css", ".a {\n\tmargin-left: 1px;\n}"],
	"a physical side": ["src/styles/a.css", ".a {\n\tleft: 0;\n}"],
	"a physical alignment": ["src/styles/a.css", ".a {\n\ttext-align: right;\n}"],
	"a lopsided padding": ["src/styles/a.css", ".a {\n\tpadding: 1px 2px 3px calc(1px + (2px));\n}"],
	"a lopsided corner": ["src/styles/a.css", ".a {\n\tborder-radius: 4px 18px 18px;\n}"],
	"a physical class": ["src/components/a.tsx", 'export const A = () => (\n\t<p className="hint ml-2" />\n);'],
	"a physical joined class": [
		"src/components/a.tsx",
		'\nexport const A = () => <p className={classNames("pr-[3px]")} />;',
	],
	"a physical inline style": ["src/components/a.tsx", "\nexport const A = () => <p style={{ marginLeft: 4 }} />;"],
};

const words: Record<string, string> = {
	"a sentence": "<p>Hello</p>",
	"a label": '<p aria-label="Close" />',
	"a choice": '<p>{open ? "Open" : text("closed")}</p>',
	"a fallback": '<p>{name ?? "Nobody"}</p>',
	// biome-ignore lint/suspicious/noTemplateCurlyInString: the planted source holds the template.
	"a template": "<p title={`${count} unread`} />",
};

const refusedTests: Record<string, string> = {
	only: `it.${"only"}("runs alone", run);`,
	todo: `it.${"todo"}("some day");`,
	"skip without a reason": `describe.${"skip"}("left out", run);`,
	"skipIf without a reason": `it.${"skipIf"}(!isLinux)("left out", run);`,
	"a name that leaves out": `${"xit"}("left out", run);`,
};

const machineWords: Record<string, [file: string, text: string]> = {
	"a home": ["README.md", "\nsee /home/ann/kith"],
	"a root": ["tools/a.ts", '\nconst path = "/root/kith";'],
	"a workplace": ["docs/a.md", "\n`/work/tree`"],
	"a registry in the lock": ["package-lock.json", '\n  "resolved": "https://packages.example.org/zod.tgz",'],
	"a registry setting": [".npmrc", "\nregistry=https://packages.example.org/"],
};

describe("logical-css", () => {
	it.each(Object.entries(violations))("refuses %s", (_, [file, text]) => {
		expect(judge(file, text)).toEqual(["2 logical-css"]);
	});

	it("allows the logical forms and symmetrical shorthands", () => {
		const sheet = ".a { margin-inline-start: 1px; padding: 1px 2px 3px 2px; border-radius: 4px 4px 0 0; inset: 0;\n";
		expect(judge("src/styles/a.css", `${sheet} text-align: start; /* left: 0; */ transition: left 1s; }`)).toEqual([]);
		const markup = '<p className="ms-2 text-start left" data-side="ml-2" style={{ marginInlineStart: 4 }}>{left}</p>';
		expect(judge("src/components/a.tsx", `export const A = () => ${markup};`)).toEqual([]);
	});
});

describe("catalogue-text", () => {
	it.each(Object.entries(words))("refuses %s", (_, markup) => {
		expect(judge("src/features/a/a-view.tsx", `\nexport const A = () => ${markup};`)).toEqual(["2 catalogue-text"]);
	});

	it("allows what comes from the catalogue, and signs without letters", () => {
		const markup = '<p title={text("a.b")} className="big" role="log">{text("a.c")} · {kind === "Open" ? 1 : "…"}</p>';
		expect(judge("src/features/a/a-view.tsx", `export const A = () => ${markup};`)).toEqual([]);
	});
});

describe("honest-tests", () => {
	it.each(Object.entries(refusedTests))("refuses %s", (_, line) => {
		expect(judge("src/a.test.ts", `\n${line}`)).toEqual(["2 honest-tests"]);
	});

	it("allows a stated reason, on the line or above it", () => {
		const left = `it.${"skipIf"}(!isLinux)("runs", run);`;
		expect(judge("src/a.test.ts", `// skipped: needs Linux\n${left}\n${left} // skipped: needs Linux`)).toEqual([]);
	});
});

describe("no-machine-words", () => {
	it.each(Object.entries(machineWords))("refuses %s", (_, [file, text]) => {
		expect(judge(file, text)).toEqual(["2 no-machine-words"]);
	});

	it("allows paths inside the project and the public registry", () => {
		expect(judge("README.md", "https://example.org/work/ src/home/ann /etc/hosts ./root/a $HOME/root/a")).toEqual([]);
		const locked = '"resolved": "https://registry.npmjs.org/zod/-/zod-4.6.7.tgz",';
		expect(judge("package-lock.json", locked)).toEqual([]);
	});
});

describe("file-shape", () => {
	it("refuses a style sheet of 301 lines and allows one of 300", () => {
		expect(judge("src/styles/a.css", "\n".repeat(301))).toEqual(["- file-shape"]);
		expect(judge("src/styles/a.css", "\n".repeat(300))).toEqual([]);
	});

	it("refuses a file named after no idea", () => {
		expect(judge("src/shared/utils.ts", "")).toEqual(["- file-shape"]);
	});

	it("refuses a project whose median file is long", () => {
		const short = { file: "src/a.ts", text: "\n".repeat(79) };
		const long = { file: "src/b.ts", text: "\n".repeat(80) };
		expect(findLongMedian([short, short, long])).toEqual([]);
		expect(findLongMedian([short, long, long])).toHaveLength(1);
	});

	it("refuses two statements of one name", () => {
		const one = { file: "src/server/adapters/prisma/a.ts", text: 'rows(client, {\n\tname: "find-a",\n});\n' };
		const other = { file: "src/server/adapters/prisma/b.ts", text: 'run(client, { name: "find-b" });\n' };
		expect(findRepeatedStatements([one, other])).toEqual([]);
		expect(findRepeatedStatements([one, other, { ...one, file: "src/server/adapters/prisma/c.ts" }])).toMatchObject([
			{ rule: "statement-names", file: "src/server/adapters/prisma/c.ts", line: 2 },
		]);
	});
});

describe("the house check", () => {
	it("reads the files of a tree", async () => {
		const planted = { "src/styles/a.css": ".a { right: 0; }", "src/shared/a.ts": "export const a = 1;\n" };
		await using sandbox = await makeSandbox([], planted);
		expect(await checkHouse(sandbox.root)).toMatchObject([{ rule: "logical-css", file: "src/styles/a.css", line: 1 }]);
	});
});
