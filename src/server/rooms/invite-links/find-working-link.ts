import { AppError } from "../../../shared/app-error.ts";
import { hashSecretToken } from "../../accounts/public.ts";
import type { InviteLinksEnvironment } from "./invite-links-environment.ts";
import type { LiveInviteLink } from "./ports.ts";
import { mayInvite } from "./room-rights.ts";

/**
 * The link behind a secret, if it works now: its maker may still invite there. All that does not is one refusal,
 * `invite-link-invalid`, so that nobody learns what once was. A secret that leads nowhere counts as a guess of `guesser`.
 */
export const findWorkingLink = async (
	{ directory, store, clock, guesses }: InviteLinksEnvironment,
	token: string,
	guesser: string,
): Promise<LiveInviteLink> => {
	guesses.begin(guesser);
	const link = await store.find(hashSecretToken(token), clock.now());
	if (link === undefined) throw new AppError("invite-link-invalid");
	guesses.refund(guesser);
	const isOpen = !link.room.isReplaced && (await mayInvite(directory, link.creatorId, link.room.roomId));
	if (!isOpen) throw new AppError("invite-link-invalid");
	return link;
};
