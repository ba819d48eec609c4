import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useClientState } from "../../client/hooks/use-client.ts";
import { failureOf } from "../../client/trpc/errors.ts";
import { api, trpc } from "../../client/trpc/trpc.ts";
import { type Lasting, lastingMs } from "../../shared/lasting.ts";
import { failureText } from "../../shared/text/failure-text.ts";

export interface LinkTerms {
	readonly lasting: Lasting;
	/** undefined: as often as people like. */
	readonly usesAllowed: number | undefined;
	readonly bringsNewPeople: boolean;
}

/** The invite links of a room. The secret of a new one is known here only, until the dialog closes. */
export function useInviteLinks(roomId: string) {
	const isServerOwner = useClientState((state) => state.me?.isOwner === true);
	const links = trpc.rooms.inviteLinks.useQuery({ roomId });
	const utils = trpc.useUtils();
	const [newLink, setNewLink] = useState<string | undefined>();
	const onSuccess = () => utils.rooms.inviteLinks.invalidate();
	const create = useMutation({
		mutationFn: async ({ lasting, usesAllowed, bringsNewPeople }: LinkTerms) => {
			const expiresInMs = lastingMs[lasting];
			const { token } = await api.rooms.createInviteLink.mutate({
				roomId,
				bringsNewPeople,
				...(usesAllowed !== undefined && { usesAllowed }),
				...(expiresInMs !== undefined && { expiresInMs }),
			});
			// Behind the `#`: browsers keep it to themselves, so it is in no log and no Referer.
			return `${location.origin}/join#${token}`;
		},
		onSuccess: (link) => {
			setNewLink(link);
			return onSuccess();
		},
	});
	const revoke = useMutation({
		mutationFn: (linkId: string) => api.rooms.revokeInviteLink.mutate({ roomId, linkId }),
		onSuccess,
	});
	const error = create.error ?? revoke.error ?? links.error;
	return {
		isServerOwner,
		links: links.data?.items,
		newLink,
		isBusy: create.isPending,
		error: error === null ? undefined : failureText(failureOf(error).code),
		onCreate: (terms: LinkTerms) => create.mutate(terms),
		onRevoke: (linkId: string) => revoke.mutate(linkId),
		onShare: canShare() ? shareLink : undefined,
	};
}

function canShare(): boolean {
	return typeof navigator !== "undefined" && "share" in navigator;
}

/** Closing the platform's sheet is no failure. */
function shareLink(url: string): void {
	navigator.share({ url }).catch(() => undefined);
}
