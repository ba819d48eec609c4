import { addWords } from "../words.ts";

/** An Ollama of the person's own, and what may be in its way. */
export const ownOllamaText = addWords({
	"own.title": "An AI of your own",
	"own.hint":
		"If Ollama runs on this device, or on another one in your network, the assistant can ask it straight from this browser. Then nothing of what you give it goes to any server of Kith. This holds on this device alone.",
	"own.none": "Not in use: {host} does the work.",
	"own.noneAtAll": "Not in use.",
	"own.name": "Your own Ollama",
	"own.inUse": "In use: {model} on {host}",
	"own.broken": "What this browser kept of your own Ollama can’t be read. The assistant waits until you set it again.",
	"own.begin": "Use my own…",
	"own.change": "Change…",
	"own.stop": "Stop using it",
	"own.dialogTitle": "Use your own Ollama",
	"own.dialogLead":
		"This browser speaks with it directly. {host} learns its address while this page asks for the part that may reach it, keeps it nowhere, and gets nothing of what you write.",
	"own.address": "Where your Ollama is",
	"own.addressHint": "On this device: {usual}",
	"own.look": "Look for it",
	"own.looking": "Looking for it",
	"own.found": "Ollama {version} answers.",
	"own.chatModel": "Model",
	"own.chatHint": "It reads and writes for you. Larger ones do better, and take longer.",
	"own.finder": "Model that finds",
	"own.finderHint":
		"It reads your messages for what they mean, so that a question finds them by other words too. What comes of it stays on this device, sealed.",
	"own.noFinder": "None: by words alone",
	"own.use": "Use it",

	"ownProblem.address":
		"That is no address on your device or in your network. localhost is one, private addresses such as 192.168.1.20, and names that end in .local, .internal or .home.arpa.",
	"ownProblem.ipv6":
		"Addresses of IPv6 can’t be used: browsers have no rule that lets this page reach one of them and nothing else. Use localhost, an address such as 192.168.1.20, or a name that ends in .local, .internal or .home.arpa.",
	"ownProblem.unreachable":
		"Nothing answers there, or your browser lets nothing through. See that Ollama runs. If your browser asks whether this site may reach devices in your network, allow it.",
	"ownProblem.origin":
		"Ollama answers there, but not to this site. Start it with OLLAMA_ORIGINS={origin} and look again.",
	"ownProblem.mixed":
		"This page came encrypted, and from it your browser doesn’t speak with {host} in the clear. Run Ollama on this device (localhost), or give {host} an address with https.",
	"ownProblem.not-ollama": "Something answers there, but it isn’t an Ollama, or a very old one.",
	"ownProblem.no-models": "Ollama is there, but has no model that can write. Get one: ollama pull llama3.2:3b",
	"ownProblem.kept": "This browser couldn’t keep it. It holds until you leave this page.",
});
