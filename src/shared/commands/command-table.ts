/** What a command is given. `person`, `room`, `server`, `invite` and `report` name something that the server knows. */
export type ParameterName =
	| "person"
	| "room"
	| "server"
	| "invite"
	| "report"
	| "text"
	| "note"
	| "uses"
	| "days"
	| "chart"
	| "topic"
	| "question"
	| "message";

export interface ParameterSpec {
	readonly name: ParameterName;
	/** `word`: one word, or several in quotation marks. `rest`: all that follows. `count`: a whole number. */
	readonly kind: "word" | "rest" | "count" | "choice";
	readonly isOptional?: true;
	/** Of a count. */
	readonly least?: number;
	readonly most?: number;
	/** Of a choice. */
	readonly choices?: readonly string[];
}

/** Something that is asked of the server in a chat with it. */
export interface CommandSpec {
	readonly name: CommandName;
	/** How it is typed behind the slash. */
	readonly words: readonly [string, ...string[]];
	/** The first word alone means this one. */
	readonly isDefault?: true;
	readonly who: "anyone" | "owner";
	/** Takes something away, or shuts somebody out: it is proposed first. */
	readonly isDestructive?: true;
	/** `page`: nothing is asked of the server's commands. */
	readonly where: "page" | "server";
	readonly parameters: readonly ParameterSpec[];
}

export const commandNames = [
	"people-list",
	"people-show",
	"people-suspend",
	"people-reactivate",
	"people-sign-out",
	"rooms-list",
	"rooms-show",
	"rooms-close",
	"invites-list",
	"invites-make",
	"invites-revoke",
	"reports-list",
	"reports-show",
	"reports-settle",
	"servers-list",
	"servers-rules",
	"servers-retry",
	"servers-block",
	"servers-unblock",
	"servers-allow",
	"servers-disallow",
	"metrics",
	"storage",
	"backup",
	"about",
	"devices",
	"ask",
	"contact",
	"help",
] as const;

export type CommandName = (typeof commandNames)[number];

export const chartNames = ["messages", "people", "queue"] as const;

const person = { name: "person", kind: "word" } as const;
const room = { name: "room", kind: "word" } as const;
const server = { name: "server", kind: "word" } as const;
const search = { name: "text", kind: "rest", isOptional: true } as const;
const note = { name: "note", kind: "rest", isOptional: true } as const;
const owner = { who: "owner", where: "server" } as const;
const anyone = { who: "anyone", where: "server" } as const;
const onPage = { who: "anyone", where: "page" } as const;
const isDestructive = true;
const isDefault = true;

/** All commands, in the order in which they are offered. */
export const commandTable: readonly CommandSpec[] = [
	{ ...owner, isDefault, name: "people-list", words: ["people", "list"], parameters: [search] },
	{ ...owner, name: "people-show", words: ["people", "show"], parameters: [person] },
	{ ...owner, isDestructive, name: "people-suspend", words: ["people", "suspend"], parameters: [person] },
	{ ...owner, name: "people-reactivate", words: ["people", "reactivate"], parameters: [person] },
	{ ...owner, isDestructive, name: "people-sign-out", words: ["people", "sign-out"], parameters: [person] },
	{ ...owner, isDefault, name: "rooms-list", words: ["rooms", "list"], parameters: [search] },
	{ ...owner, name: "rooms-show", words: ["rooms", "show"], parameters: [room] },
	{ ...owner, isDestructive, name: "rooms-close", words: ["rooms", "close"], parameters: [room] },
	{ ...owner, isDefault, name: "invites-list", words: ["invites", "list"], parameters: [] },
	{
		...owner,
		name: "invites-make",
		words: ["invites", "make"],
		parameters: [
			{ name: "uses", kind: "count", isOptional: true, least: 1, most: 1000 },
			{ name: "days", kind: "count", isOptional: true, least: 1, most: 365 },
		],
	},
	{
		...owner,
		isDestructive,
		name: "invites-revoke",
		words: ["invites", "revoke"],
		parameters: [{ name: "invite", kind: "word" }],
	},
	{ ...owner, isDefault, name: "reports-list", words: ["reports", "list"], parameters: [] },
	{ ...owner, name: "reports-show", words: ["reports", "show"], parameters: [{ name: "report", kind: "word" }] },
	{ ...owner, name: "reports-settle", words: ["reports", "settle"], parameters: [{ name: "report", kind: "word" }] },
	{ ...owner, isDefault, name: "servers-list", words: ["servers", "list"], parameters: [] },
	{ ...owner, name: "servers-rules", words: ["servers", "rules"], parameters: [] },
	{ ...owner, name: "servers-retry", words: ["servers", "retry"], parameters: [server] },
	{ ...owner, isDestructive, name: "servers-block", words: ["servers", "block"], parameters: [server, note] },
	{ ...owner, name: "servers-unblock", words: ["servers", "unblock"], parameters: [server] },
	{ ...owner, isDestructive, name: "servers-allow", words: ["servers", "allow"], parameters: [server, note] },
	{ ...owner, isDestructive, name: "servers-disallow", words: ["servers", "disallow"], parameters: [server] },
	{
		...owner,
		name: "metrics",
		words: ["metrics"],
		parameters: [{ name: "chart", kind: "choice", isOptional: true, choices: chartNames }],
	},
	{ ...owner, name: "storage", words: ["storage"], parameters: [] },
	{ ...owner, name: "backup", words: ["backup"], parameters: [] },
	{ ...anyone, name: "about", words: ["about"], parameters: [] },
	{ ...anyone, name: "devices", words: ["devices"], parameters: [] },
	{ ...onPage, name: "ask", words: ["ask"], parameters: [{ name: "question", kind: "rest" }] },
	{
		...onPage,
		name: "contact",
		words: ["contact"],
		parameters: [{ name: "message", kind: "rest", isOptional: true }],
	},
	{ ...onPage, name: "help", words: ["help"], parameters: [{ name: "topic", kind: "rest", isOptional: true }] },
];

const byName = new Map(commandTable.map((spec) => [spec.name, spec]));

export const specOf = (name: CommandName): CommandSpec => {
	const spec = byName.get(name);
	if (spec === undefined) throw new Error(`there is no command ${name}`);
	return spec;
};

/** What somebody may use; what holds is the server's own refusal. */
export const commandsFor = (isOwner: boolean): readonly CommandSpec[] =>
	commandTable.filter(({ who }) => isOwner || who === "anyone");

/** A command as it is typed, without what it is given. */
export const typedName = ({ words }: Pick<CommandSpec, "words">): string => `/${words.join(" ")}`;
