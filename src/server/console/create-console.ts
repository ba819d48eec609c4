import { AppError } from "../../shared/app-error.ts";
import { specOf } from "../../shared/commands/command-table.ts";
import type { WireCommand, WireCommandResult } from "../../shared/wire/commands.ts";
import type { Viewer } from "../accounts/public.ts";
import { destructiveCommands, isDestructive } from "./destructive-commands.ts";
import { plainCommands } from "./plain-commands.ts";
import type { CommandCall, ConsoleDependencies } from "./ports.ts";
import { propose, takeProposal } from "./proposals.ts";

/** The chat with the server: commands, each with the permissions of whoever gives it. */
export const createConsole = (of: ConsoleDependencies) => ({
	/**
	 * Carries a command out, or answers with a proposal where it takes something away. Throws `forbidden` for the owner's
	 * commands by anybody else, `not-signed-in`, and what its use case throws.
	 */
	run: async (asking: Viewer, command: WireCommand): Promise<WireCommandResult> => {
		const viewer = await allowed(of, asking, command);
		const call = { of, viewer, command };
		if (!isDestructive(command)) return plainOf(command.name)(call);
		const { subject, count, command: meant } = await destructiveOf(command.name).look(call);
		return { kind: "proposal", ...(await propose(of, viewer, meant)), command: meant, subject, count };
	},
	/** Carries a proposed command out, once. Throws `proposal-gone`, and what `run` throws. */
	confirm: async (
		asking: Viewer,
		proposed: { readonly proposalId: string; readonly command: WireCommand },
	): Promise<WireCommandResult> => {
		const { command } = proposed;
		const viewer = await allowed(of, asking, command);
		await takeProposal(of, viewer, proposed);
		if (!isDestructive(command)) throw new AppError("proposal-gone");
		const outcome = await destructiveOf(command.name).carryOut({ of, viewer, command });
		return { kind: "done", command, ...outcome };
	},
});

export type Console = ReturnType<typeof createConsole>;

/** Asks the session's row at each call: what a socket remembers of its viewer may be older than a loss of ownership. */
const allowed = async (
	{ accounts }: Pick<ConsoleDependencies, "accounts">,
	{ sessionId }: Viewer,
	command: WireCommand,
): Promise<Viewer> => {
	const viewer = await accounts.resolveSession(sessionId);
	if (viewer === undefined) throw new AppError("not-signed-in");
	if (specOf(command.name).who === "owner" && !viewer.isOwner) throw new AppError("forbidden");
	return viewer;
};

/** A table's entry takes the command of its name: the names are the keys of both. */
const plainOf = (name: keyof typeof plainCommands) =>
	plainCommands[name] as (call: CommandCall<WireCommand["name"]>) => Promise<WireCommandResult>;

const destructiveOf = (name: keyof typeof destructiveCommands) =>
	destructiveCommands[name] as {
		look(call: CommandCall<WireCommand["name"]>): Promise<{ command: WireCommand; subject?: string; count?: number }>;
		carryOut(call: CommandCall<WireCommand["name"]>): Promise<{ count?: number; isShut?: boolean }>;
	};
