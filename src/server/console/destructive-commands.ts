import { serverPattern } from "../../../federation/authorization/server-pattern.ts";
import { AppError } from "../../shared/app-error.ts";
import type { WireCommand, WireCommandResult } from "../../shared/wire/commands.ts";
import type { CommandCall, CommandOf } from "./ports.ts";

export const destructiveNames = [
	"people-suspend",
	"people-sign-out",
	"rooms-close",
	"invites-revoke",
	"servers-block",
	"servers-allow",
	"servers-disallow",
] as const;

export type DestructiveName = (typeof destructiveNames)[number];

/** What is shown before it is done. */
interface Proposed<Name extends DestructiveName> {
	/** The command with the ids that it means: this and nothing else is done. */
	readonly command: CommandOf<Name>;
	readonly subject?: string | undefined;
	readonly count?: number;
}

type Outcome = Pick<Extract<WireCommandResult, { kind: "done" }>, "count" | "isShut">;

interface Destructive<Name extends DestructiveName> {
	/** Looks whether there is what it is about. Changes nothing. Throws what the use case would. */
	look(call: CommandCall<Name>): Promise<Proposed<Name>>;
	carryOut(call: CommandCall<Name>): Promise<Outcome>;
}

/** Each as the owner's pages do it. */
export const destructiveCommands: { readonly [Name in DestructiveName]: Destructive<Name> } = {
	"people-suspend": {
		look: async (call) => {
			const { person, ...rest } = await lookAtPerson(call, call.command.person);
			return { command: { ...call.command, person }, ...rest };
		},
		carryOut: async ({ of, viewer, command }) => {
			await of.admin.setDisabled(viewer, command.person, true);
			return {};
		},
	},
	"people-sign-out": {
		look: async (call) => {
			const { person, ...rest } = await lookAtPerson(call, call.command.person);
			return { command: { ...call.command, person }, ...rest };
		},
		carryOut: async ({ of, viewer, command }) => {
			const { userId } = await of.admin.person(command.person);
			return of.admin.signOut(viewer, userId);
		},
	},
	"rooms-close": {
		look: async ({ of, command }) => {
			const { roomId, name, localCount } = await of.admin.room(command.room);
			return { command: { ...command, room: roomId }, subject: name, count: localCount };
		},
		carryOut: async ({ of, command }) => of.admin.closeRoom((await of.admin.room(command.room)).roomId),
	},
	"invites-revoke": {
		look: async ({ of, command }) => {
			if (!(await of.admin.tokens()).some(({ id }) => id === command.invite)) throw new AppError("not-found");
			return { command };
		},
		carryOut: async ({ of, command }) => {
			await of.admin.removeToken(command.invite);
			return {};
		},
	},
	"servers-block": {
		look: async ({ command }) => ({ command: { ...command, server: patternOf(command.server) } }),
		carryOut: async ({ of, command }) => putRule(of, command, "block"),
	},
	"servers-allow": {
		look: async ({ command }) => ({ command: { ...command, server: patternOf(command.server) } }),
		carryOut: async ({ of, command }) => putRule(of, command, "allow"),
	},
	"servers-disallow": {
		look: async ({ of, command }) => {
			const server = patternOf(command.server);
			requireRule(of, server, "allow");
			return { command: { ...command, server } };
		},
		carryOut: async ({ of, command }) => {
			requireRule(of, command.server, "allow");
			await of.federation.rules.remove(command.server);
			return {};
		},
	},
};

/** Themselves nobody can suspend or sign out here: the settings do that, and ask first whether it is them. */
const lookAtPerson = async ({ of, viewer }: Pick<CommandCall<DestructiveName>, "of" | "viewer">, name: string) => {
	const { userId, displayName, sessionCount } = await of.admin.person(name);
	if (userId === viewer.userId) throw new AppError("forbidden");
	return { person: userId, subject: displayName, count: sessionCount };
};

/** As rules are kept. Throws `bad-input` for what names no server. */
export const patternOf = (text: string): string => {
	const pattern = serverPattern(text);
	if (pattern === undefined) throw new AppError("bad-input", { detail: "pattern" });
	return pattern;
};

type Rules = Pick<CommandCall<DestructiveName>["of"], "federation">;

/** Throws `not-found` where there is no such rule. */
export const requireRule = ({ federation }: Rules, pattern: string, kind: "block" | "allow"): void => {
	const isThere = federation.rules.read().servers.some((rule) => rule.pattern === pattern && rule.kind === kind);
	if (!isThere) throw new AppError("not-found");
};

const putRule = async (
	{ federation }: Rules,
	{ server, note = "" }: CommandOf<"servers-block" | "servers-allow">,
	kind: "block" | "allow",
): Promise<Outcome> => {
	await federation.rules.put({ text: server, kind, note });
	return {};
};

export const isDestructive = (command: WireCommand): command is CommandOf<DestructiveName> =>
	destructiveNames.some((name) => name === command.name);
