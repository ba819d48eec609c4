/**
 * The rules of direction of ARCHITECTURE.md. Each one is planted and seen to fail in tools/check-architecture.test.ts.
 * Type-only imports count, in cycles too: a module must be readable without the ones that build on it.
 */

/** A folder may import the folders before it; `ports` holds types alone and may be named by all of them. */
const federationFolders = [
	"identifiers",
	"json",
	"room-versions",
	"signing",
	"events",
	"authorization",
	"state-resolution",
	"device-keys",
	"handshakes",
	"transport",
];

const tests = "\\.test\\.tsx?$";
const adapters = "^src/server/adapters/";
/** Folders of src/server that are not an area of the product: drivers, transports and the process around them. */
const area = "^src/server/(?!(?:adapters|trpc|matrix|realtime|process|cli)/)([^/]+)/";
const cryptoWasm = "(^|/)node_modules/@matrix-org/(matrix-sdk-crypto-wasm|olm)/";

function rule(name, comment, sides) {
	return { name, comment, severity: "error", ...sides };
}

const federationLayers = federationFolders.map((folder, index) =>
	rule("federation-layers", "A folder of federation/ imports only the folders above it in its README.", {
		from: { path: `^federation/${folder}/`, pathNot: tests },
		to: { path: `^federation/(${federationFolders.slice(index + 1).join("|") || "(?!)"})/` },
	}),
);

const federationRules = [
	rule("federation-is-pure", "The protocol library knows no platform: only itself, zod and @noble.", {
		from: { path: "^federation/", pathNot: `^federation/testing/|${tests}` },
		to: { pathNot: "^federation/|(^|/)node_modules/(zod|@noble/[^/]+)/" },
	}),
	...federationLayers,
	rule("ports-have-no-code", "A port is a shape that others fill: it imports types and nothing that runs.", {
		from: { path: "^federation/ports/" },
		to: { dependencyTypesNot: ["type-only"] },
	}),
	rule("testing-stays-in-tests", "In-memory ports and test helpers never reach a running server or a browser.", {
		from: { path: "^(federation|src)/", pathNot: `^federation/testing/|${tests}` },
		to: { path: `^federation/testing/|^tests/|${tests}` },
	}),
];

const serverRules = [
	rule("use-cases-see-ports", "A use case is a function over ports: no driver, no database client, no framework.", {
		from: { path: area, pathNot: tests },
		to: {
			path: `${adapters}|(^|/)node_modules/(@prisma/|prisma/|\\.prisma/|pg/|next/|react/|react-dom/)`,
		},
	}),
	rule("transport-is-thin", "A transport parses, calls one use case through its area's door, and encodes.", {
		from: { path: "^src/server/(trpc|matrix|realtime)/", pathNot: tests },
		to: { path: [adapters, `${area}.+`], pathNot: "^src/server/[^/]+/public\\.ts$" },
	}),
	rule("areas-have-doors", "An area is entered through its public.ts.", {
		from: { path: area, pathNot: tests },
		to: { path: area, pathNot: "^src/server/$1/|^src/server/[^/]+/public\\.ts$" },
	}),
	rule("one-composition-root", "Drivers are built in the containers and where a process begins, and nowhere else.", {
		from: {
			pathNot: `^src/server/(container|container-options|(federation|peers|keys|media|assistant)-container|main|cli/main)\\.ts$|${adapters}|^tests/|^tools/|${tests}`,
		},
		to: { path: adapters },
	}),
];

const llamaIndex = "(^|/)node_modules/(llamaindex|@llamaindex/[^/]+)/";
const ollama = "(^|/)node_modules/ollama/";

const assistantRules = [
	rule("llamaindex-has-one-folder", "LlamaIndex is known to one folder, behind interfaces of ours.", {
		from: { path: "^(src|federation|tests|tools)/", pathNot: "^src/server/assistant/llamaindex/" },
		to: { path: llamaIndex },
	}),
	rule("llamaindex-comes-late", "A server whose assistant is not used does not load it.", {
		from: { path: "^src/" },
		to: { path: `${llamaIndex}|${ollama}`, dependencyTypesNot: ["type-only", "dynamic-import"] },
	}),
	rule(
		"ollama-has-one-adapter",
		"Deadlines, bounds and refusals are in the adapter: nothing speaks with an Ollama beside it.",
		{
			from: { path: "^(src|federation)/", pathNot: "^src/server/adapters/ollama/" },
			to: { path: ollama },
		},
	),
	rule("answers-are-synthesised", "A feature of the assistant reaches a model by the synthesizer alone.", {
		from: { path: "^src/(server|shared)/assistant/features/", pathNot: tests },
		to: {
			path: "^src/|(^|/)node_modules/",
			pathNot:
				"^src/server/assistant/(features|prompts)/|^src/server/assistant/doc-synthesizer\\.ts$|^src/shared/|(^|/)node_modules/zod/",
		},
	}),
];

const browserRules = [
	rule("browser-sees-types", "What runs in the browser knows the server by its types alone.", {
		from: { path: "^src/(client|features|components|pages/(?!api/))", pathNot: tests },
		to: { path: "^src/server/", dependencyTypesNot: ["type-only"] },
	}),
	rule("keys-stay-in-the-worker", "Private keys and the crypto machine live in one worker (and the server's bot).", {
		from: { pathNot: `^src/client/crypto/worker/|^src/server/assistant/|(^|/)node_modules/|^tests/(interop|crypto)/` },
		to: { path: `^src/client/crypto/worker/|${cryptoWasm}` },
	}),
	rule("features-are-islands", "Screen areas do not know each other; a page brings them together.", {
		from: { path: "^src/features/([^/]+)/" },
		to: { path: "^src/features/", pathNot: "^src/features/$1/" },
	}),
	rule("components-know-nothing", "The design system has no data.", {
		from: { path: "^src/components/" },
		to: { path: "^src/(client|features|server)/" },
	}),
	rule("views-are-dumb", "A view renders the snapshot it is given.", {
		from: { path: "-view\\.tsx$" },
		to: { path: "^src/client/|^src/server/trpc/|(^|/)node_modules/@trpc/" },
	}),
	rule("shared-takes-no-side", "What both sides read stands below both.", {
		from: { path: "^src/shared/", pathNot: tests },
		to: { path: "^src/(server|client|features|components|pages)/" },
	}),
];

export default {
	forbidden: [
		...federationRules,
		...serverRules,
		...assistantRules,
		...browserRules,
		rule("no-cycles", "Nothing reaches itself.", { from: {}, to: { circular: true } }),
		rule("nothing-is-missing", "An import that resolves to nothing would slip through every other rule.", {
			from: { pathNot: "(^|/)node_modules/" },
			to: { couldNotResolve: true, pathNot: "/generated/|^\\.next/" },
		}),
	],
	options: {
		doNotFollow: { path: ["node_modules", "/generated/"] },
		tsPreCompilationDeps: true,
		tsConfig: { fileName: "tsconfig.json" },
		enhancedResolveOptions: {
			exportsFields: ["exports"],
			conditionNames: ["import", "require", "node", "default", "types"],
			extensions: [".ts", ".tsx", ".mjs", ".js", ".json", ".d.ts"],
		},
	},
};
