import { describe, expect, it } from "vitest";
import { checkArchitecture, findUnseenModules } from "./check-architecture.ts";
import { makeSandbox } from "./house/sandbox.ts";

/** Where each rule is broken, and by what. */
const planted: Record<string, { readonly text: string; readonly rule: string }> = {
	"federation/events/reads-a-file.ts": {
		rule: "federation-is-pure",
		text: 'import { readFileSync } from "node:fs";\nexport const text = readFileSync("x", "utf8");\n',
	},
	"federation/events/reads-the-product.ts": {
		rule: "federation-is-pure",
		text: 'export { one } from "../../src/shared/one.ts";\n',
	},
	"federation/identifiers/looks-down.ts": {
		rule: "federation-layers",
		text: 'import type { Room } from "../events/room.ts";\nexport type Named = Room;\n',
	},
	"federation/ports/clock.ts": {
		rule: "ports-have-no-code",
		text: 'import { version } from "../room-versions/version.ts";\nexport type Clock = typeof version;\n',
	},
	"federation/ports/random.ts": { rule: "ports-have-no-code", text: "export const random = () => 4;\n" },
	"src/server/rooms/uses-test-parts.ts": {
		rule: "testing-stays-in-tests",
		text: 'export { fake } from "../../../federation/testing/fake.ts";\n',
	},
	"src/server/rooms/opens-a-driver.ts": {
		rule: "use-cases-see-ports",
		text: 'import pg from "pg";\nexport const pool = new pg.Pool();\n',
	},
	"src/server/trpc/enters-by-the-window.ts": {
		rule: "transport-is-thin",
		text: 'export { append } from "../rooms/append.ts";\n',
	},
	"src/server/media/enters-by-the-window.ts": {
		rule: "areas-have-doors",
		text: 'export { append } from "../rooms/append.ts";\n',
	},
	"src/server/process/builds-a-driver.ts": {
		rule: "one-composition-root",
		text: 'export { store } from "../adapters/prisma/store.ts";\n',
	},
	"src/server/assistant/names-the-library.ts": {
		rule: "llamaindex-has-one-folder",
		text: 'import type { Document } from "llamaindex";\nexport type Known = Document;\n',
	},
	"src/server/assistant/llamaindex/loads-at-once.ts": {
		rule: "llamaindex-comes-late",
		text: 'import { Document } from "llamaindex";\nexport const document = Document;\n',
	},
	"src/server/assistant/runs/asks-by-itself.ts": {
		rule: "ollama-has-one-adapter",
		text: 'export const load = () => import("ollama");\n',
	},
	"src/server/assistant/features/goes-round-it.ts": {
		rule: "answers-are-synthesised",
		text: 'import type { ModelHost } from "../ports.ts";\nexport type Known = ModelHost;\n',
	},
	"src/client/sync/calls-the-server.ts": {
		rule: "browser-sees-types",
		text: 'export { rooms } from "../../server/rooms/public.ts";\n',
	},
	"src/client/store/holds-a-key.ts": {
		rule: "keys-stay-in-the-worker",
		text: 'export { key } from "../crypto/worker/key.ts";\n',
	},
	"src/features/timeline/leans-over.ts": {
		rule: "features-are-islands",
		text: 'export { list } from "../room-list/list.ts";\n',
	},
	"src/components/knows-data.ts": {
		rule: "components-know-nothing",
		text: 'import type { Rooms } from "../server/rooms/public.ts";\nexport type Known = Rooms;\n',
	},
	"src/features/timeline/timeline-view.tsx": {
		rule: "views-are-dumb",
		text: 'export { sync } from "../../client/sync/sync.ts";\n',
	},
	"src/shared/takes-a-side.ts": {
		rule: "shared-takes-no-side",
		text: 'import type { Rooms } from "../server/rooms/public.ts";\nexport type Known = Rooms;\n',
	},
	// The other half of the circle, hen.ts, is not named a second time.
	"src/client/sync/egg.ts": {
		rule: "no-cycles",
		text: 'import type { Hen } from "./hen.ts";\nexport type Egg = Hen | 2;\n',
	},
	"src/client/sync/names-nothing.ts": {
		rule: "nothing-is-missing",
		text: 'export { nothing } from "./nowhere.ts";\n',
	},
};

/** The legal neighbours, which no rule may name. */
const legal: Record<string, string> = {
	"federation/events/room.ts":
		'import { z } from "zod";\nimport type { Signer } from "../ports/signer.ts";\nexport const room = z.string();\nexport type Room = Signer;\n',
	"federation/ports/signer.ts":
		'import type { version } from "../room-versions/version.ts";\nexport type Signer = typeof version;\n',
	"federation/room-versions/version.ts": "export const version = 12;\n",
	"federation/testing/fake.ts": 'import { readFileSync } from "node:fs";\nexport const fake = readFileSync;\n',
	"federation/events/room.test.ts": 'import { fake } from "../testing/fake.ts";\nfake("x");\n',
	"src/shared/one.ts": "export const one = 1;\n",
	"src/server/rooms/append.ts": 'export { fold } from "./fold.ts";\nexport const append = () => 1;\n',
	"src/server/rooms/fold.ts": "export const fold = () => 1;\n",
	"src/server/rooms/public.ts": 'export { append as rooms } from "./append.ts";\nexport type Rooms = number;\n',
	"src/server/media/attach.ts": 'export { rooms } from "../rooms/public.ts";\n',
	"src/server/trpc/router.ts": 'export { rooms } from "../rooms/public.ts";\n',
	"src/server/adapters/prisma/store.ts": 'import pg from "pg";\nexport const store = new pg.Pool();\n',
	"src/server/assistant/ports.ts": "export interface ModelHost {}\n",
	"src/server/assistant/doc-synthesizer.ts": "export interface DocSynthesizer {}\n",
	"src/server/assistant/llamaindex/load-library.ts":
		'import type { Document } from "llamaindex";\nexport const load = (): Promise<Document> => import("llamaindex") as never;\n',
	"src/server/adapters/ollama/ollama-host.ts":
		'import type { Ollama } from "ollama";\nexport const load = (): Promise<Ollama> => import("ollama") as never;\n',
	"src/server/assistant/features/answer.ts":
		'import type { DocSynthesizer } from "../doc-synthesizer.ts";\nimport { one } from "../../../shared/one.ts";\nexport const answer = (_: DocSynthesizer) => one;\n',
	"src/server/container.ts": 'export { store } from "./adapters/prisma/store.ts";\n',
	"src/server/cli/main.ts": 'export { store } from "../adapters/prisma/store.ts";\n',
	"src/client/crypto/worker/key.ts": "export const key = 1;\n",
	"src/client/sync/hen.ts": 'import type { Egg } from "./egg.ts";\nexport type Hen = Egg | 1;\n',
	"src/client/sync/sync.ts":
		'import type { Rooms } from "../../server/rooms/public.ts";\nexport const sync: Rooms = 1;\n',
	"src/features/room-list/list.ts": 'export { sync as list } from "../../client/sync/sync.ts";\n',
	"src/pages/chat.tsx":
		'export { list } from "../features/room-list/list.ts";\nexport { one } from "@/shared/one.ts";\n',
};

describe("the rules of direction", () => {
	it("name each planted violation, and nothing that is allowed", async () => {
		const texts = Object.entries(planted).map(([file, { text }]) => [file, text] as const);
		const configuration = [".dependency-cruiser.mjs", "tsconfig.json", "tsconfig.base.json"];
		await using sandbox = await makeSandbox(configuration, { ...legal, ...Object.fromEntries(texts) });
		const findings = await checkArchitecture(sandbox.root);
		const expected = Object.entries(planted).map(([file, { rule }]) => `${rule} ${file}`);
		const found = new Set(findings.map(({ rule, file }) => `${rule} ${file}`));
		expect(found).toEqual(new Set(expected));
	});

	it("fail when the cruise did not see every source file", () => {
		const modules = [{ source: "src/one.ts" }];
		expect(findUnseenModules(["src/one.ts"], { modules })).toEqual([]);
		expect(findUnseenModules(["src/one.ts", "src/two.ts"], { modules })).toMatchObject([
			{ rule: "all-modules-are-seen", file: "src/two.ts" },
		]);
		expect(findUnseenModules([], { modules: [] })).toHaveLength(1);
	});
});
