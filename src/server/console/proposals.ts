import { createHash, timingSafeEqual } from "node:crypto";
import * as z from "zod";
import { AppError } from "../../shared/app-error.ts";
import type { WireCommand } from "../../shared/wire/commands.ts";
import {
	type GrantGround,
	type GrantKind,
	giveGrant,
	newSecretToken,
	takeGrant,
	type Viewer,
} from "../accounts/public.ts";
import type { ConsoleDependencies } from "./ports.ts";

/** Long enough to read what would be done. */
const proposalLifetimeMs = 2 * 60_000;

/** Whose word about which command counts. What the command says is kept as its hash alone. */
const proposed = z.object({ userId: z.string(), sessionId: z.string(), digest: z.string() });

const proposal: GrantKind<typeof proposed> = {
	name: "console-proposal",
	data: proposed,
	lifetimeMs: proposalLifetimeMs,
};

/** Something that waits for its person's word. */
export const propose = async (
	dependencies: ConsoleDependencies,
	viewer: Viewer,
	command: WireCommand,
): Promise<{ readonly proposalId: string; readonly expiresAt: number }> => {
	const proposalId = newSecretToken(dependencies.randomBytes);
	const { userId, sessionId } = viewer;
	const expiresAt = dependencies.clock.now() + proposalLifetimeMs;
	const data = { userId, sessionId, digest: digestOf(command) };
	await giveGrant(dependencies, proposal, { secret: proposalId, data });
	return { proposalId, expiresAt };
};

/**
 * Takes a proposal up, once. Of several who do one goes on. Throws `proposal-gone` when there is none, it is too late, or it
 * is of another person, another device or another command; it is used up then as well.
 */
export const takeProposal = async (
	ground: GrantGround,
	viewer: Viewer,
	{ proposalId, command }: { readonly proposalId: string; readonly command: WireCommand },
): Promise<void> => {
	const found = await takeGrant(ground, proposal, proposalId);
	const isMine = found?.userId === viewer.userId && found.sessionId === viewer.sessionId;
	if (found === undefined || !isMine || !isSame(found.digest, digestOf(command))) throw new AppError("proposal-gone");
};

const isSame = (one: string, other: string): boolean =>
	one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));

/** The same for the same command, in whatever order its fields come. */
const digestOf = (command: WireCommand): string => {
	const fields = Object.entries(command)
		.filter(([, value]) => value !== undefined)
		.sort(([one], [other]) => (one < other ? -1 : 1));
	return createHash("sha256").update(JSON.stringify(fields)).digest("base64url");
};
