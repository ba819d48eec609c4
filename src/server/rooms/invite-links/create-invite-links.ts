import type { RoomId, UserId } from "../../../../federation/identifiers/identifier-types.ts";
import { createAttemptLimiter } from "../../accounts/public.ts";
import { type CreateInviteLinkInput, createInviteLink } from "./create-invite-link.ts";
import type { InviteLinksEnvironment } from "./invite-links-environment.ts";
import { type JoinByInviteLinkInput, joinByInviteLink } from "./join-by-invite-link.ts";
import { listInviteLinks } from "./list-invite-links.ts";
import { type PreviewInviteLinkInput, previewInviteLink } from "./preview-invite-link.ts";
import { type RevokeInviteLinkInput, revokeInviteLink } from "./revoke-invite-link.ts";

/** Nobody finds a secret of 192 bits; the limit keeps guessing from costing the database anything. */
const guessLimits = {
	freeAttempts: 20,
	firstDelayMs: 1000,
	maximumDelayMs: 15 * 60_000,
	forgetAfterMs: 60 * 60_000,
	maximumKeys: 20_000,
};

/** The use cases of invite links, bound to what they stand on. */
export const createInviteLinks = (options: Omit<InviteLinksEnvironment, "guesses">) => {
	const environment: InviteLinksEnvironment = {
		...options,
		guesses: createAttemptLimiter(guessLimits, options.clock),
	};
	return {
		create: (input: CreateInviteLinkInput) => createInviteLink(environment, input),
		list: (userId: UserId, roomId: RoomId) => listInviteLinks(environment, userId, roomId),
		revoke: (input: RevokeInviteLinkInput) => revokeInviteLink(environment, input),
		preview: (input: PreviewInviteLinkInput) => previewInviteLink(environment, input),
		join: (input: JoinByInviteLinkInput) => joinByInviteLink(environment, input),
	};
};

export type InviteLinks = ReturnType<typeof createInviteLinks>;
