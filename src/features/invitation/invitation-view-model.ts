import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/router";
import { useState } from "react";
import { useClientState } from "../../client/hooks/use-client.ts";
import { useJoinProgress } from "../../client/hooks/use-join-progress.ts";
import { acceptInvite } from "../../client/rooms/accept-invite.ts";
import { failureOf } from "../../client/trpc/errors.ts";
import { api } from "../../client/trpc/trpc.ts";
import { failureText } from "../../shared/text/failure-text.ts";
import { localpartOf, roomName } from "../../shared/text/names.ts";
import type { WireRoomSummary } from "../../shared/wire/room.ts";

/** An invitation: who sent it and from where, answering it, and keeping its sender away. */
export function useInvitation(summary: WireRoomSummary) {
	const { roomId, invitedBy: inviterId, heroes, kind } = summary;
	const ownServer = useClientState((state) => state.me?.serverName);
	const inviter = heroes.find((one) => one.userId === inviterId);
	const name = inviter?.displayName ?? (inviterId && localpartOf(inviterId));
	const server = inviterId?.slice(inviterId.indexOf(":") + 1);
	return {
		roomId,
		name,
		inviterId,
		picture: inviter?.avatarUrl,
		isDirect: kind === "direct",
		roomName: roomName(summary),
		server,
		ownServer: ownServer ?? "",
		...useAnswer(roomId, inviterId),
		...useKeepingAway({ roomId, inviterId: inviterId ?? "" }),
	};
}

function useAnswer(roomId: string, inviterId: string | undefined) {
	const router = useRouter();
	const accept = useMutation({ mutationFn: () => acceptInvite(roomId, inviterId) });
	const reject = useMutation({
		mutationFn: () => api.rooms.rejectInvite.mutate({ roomId }),
		onSuccess: () => void router.replace("/chat"),
	});
	const error = accept.error ?? reject.error;
	return {
		isAccepting: accept.isPending,
		progress: useJoinProgress(accept.isPending ? roomId : undefined),
		isRejecting: reject.isPending,
		error: error === null ? undefined : failureText(failureOf(error).code),
		onAccept: () => accept.mutate(),
		onReject: () => reject.mutate(),
	};
}

/** What the person is asked before somebody is blocked or reported. */
export type InvitationDialog = "block" | "report";

interface Complaint {
	/** Absent: nobody is told. */
	readonly words?: string;
	readonly isBlocked: boolean;
}

function useKeepingAway({ roomId, inviterId: userId }: { readonly roomId: string; readonly inviterId: string }) {
	const router = useRouter();
	const [dialog, setDialog] = useState<InvitationDialog | undefined>();
	const act = useMutation({
		mutationFn: async ({ words, isBlocked }: Complaint) => {
			// Told first: of an invitation that is declined the room's name is gone.
			if (words !== undefined) await api.safety.report.mutate({ userId, roomId, words });
			if (isBlocked) await api.safety.block.mutate({ userId });
		},
		onSuccess: (_done, { isBlocked }) => {
			setDialog(undefined);
			if (isBlocked) void router.replace("/chat");
		},
	});
	return {
		hasReported: act.isSuccess && !act.variables.isBlocked,
		dialog,
		dialogs: {
			isBusy: act.isPending,
			error: act.error === null ? undefined : failureText(failureOf(act.error).code),
			onBlock: () => act.mutate({ isBlocked: true }),
			onReport: (words: string, isBlocked: boolean) => act.mutate({ words, isBlocked }),
			onClose: () => {
				act.reset();
				setDialog(undefined);
			},
		},
		onAsk: setDialog,
	};
}
