import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/router";
import { useState } from "react";
import { useClientState, useRoom } from "../../client/hooks/use-client.ts";
import { usePictureChange } from "../../client/hooks/use-picture-change.ts";
import { roomAddress } from "../../client/rooms/addresses.ts";
import { failureOf } from "../../client/trpc/errors.ts";
import { api, trpc } from "../../client/trpc/trpc.ts";
import { failureText } from "../../shared/text/failure-text.ts";
import { roomName, roomPictureId } from "../../shared/text/names.ts";
import { text } from "../../shared/text/text.ts";
import type { WireMember, WireRoomDetails, WireRoomSummary } from "../../shared/wire/room.ts";
import type { MemberChoice } from "./member-choices.ts";
import { memberSnapshots } from "./member-snapshots.ts";

/** What is asked before it is done. */
export type InfoDialog =
	| { readonly kind: "invite" | "rename" | "leave" }
	| { readonly kind: "kick" | "ban"; readonly userId: string; readonly name: string };

/** The information about one room and everything that can be done from there. */
export function useRoomInfo(roomId: string) {
	const room = useRoom(roomId);
	const ownUserId = useClientState((state) => state.me?.userId ?? "");
	const details = trpc.rooms.details.useQuery({ roomId });
	const members = trpc.rooms.members.useQuery({ roomId, limit: 500 });
	const [dialog, setDialog] = useState<InfoDialog | undefined>();
	const change = useChange(() => setDialog(undefined));
	const picture = usePictureChange((avatarUrl) => api.rooms.setAvatar.mutate({ roomId, avatarUrl }));
	const router = useRouter();
	const summary = room?.summary ?? details.data?.summary;
	const choose = (member: WireMember, choice: MemberChoice) =>
		actOn({ roomId, member, choice }, { run: change.run, ask: setDialog });
	const people = (details.data && members.data?.items) ?? [];
	// A direct chat has two equals: nobody removes or promotes anybody there.
	const own = { userId: ownUserId, rights: summary?.kind === "direct" ? undefined : details.data };
	const groups = memberSnapshots(people, own, choose);
	return {
		chatHref: roomAddress(roomId),
		state: summary && details.data ? "ready" : details.isError ? "failed" : "loading",
		failure: details.error === null ? undefined : failureText(failureOf(details.error).code),
		onRetry: () => void details.refetch(),
		roomId,
		...wordsOf(roomId, summary),
		hasOwner: summary !== undefined && summary.kind !== "direct",
		...groups,
		...permissionsOf(summary, details.data),
		picture,
		error: dialog === undefined ? change.error : undefined,
		dialogError: change.error,
		isBusy: change.isBusy,
		dialog,
		onInvite: () => setDialog({ kind: "invite" }),
		onRename: () => setDialog({ kind: "rename" }),
		onLeave: () => setDialog({ kind: "leave" }),
		onCloseDialog: () => {
			change.reset();
			setDialog(undefined);
		},
		onConfirm: (value: string) => {
			if (dialog === undefined) return;
			change.run(async () => {
				await confirm(roomId, dialog, value);
				if (dialog.kind === "leave") await router.replace("/chat");
			});
		},
	} as const;
}

function useChange(onDone: () => void) {
	const utils = trpc.useUtils();
	const change = useMutation({
		mutationFn: (work: () => Promise<unknown>) => work(),
		onSuccess: async () => {
			onDone();
			await Promise.all([utils.rooms.members.invalidate(), utils.rooms.details.invalidate()]);
		},
	});
	return {
		run: (work: () => Promise<unknown>) => change.mutate(work),
		reset: () => change.reset(),
		isBusy: change.isPending,
		error: change.error === null ? undefined : failureText(failureOf(change.error).code),
	};
}

function wordsOf(roomId: string, summary: WireRoomSummary | undefined) {
	if (summary === undefined) return { name: "", pictureId: roomId, kindText: "", topic: undefined };
	const count = summary.joinedCount;
	const kinds = {
		direct: text("info.directWith"),
		group: text("info.groupOf", { count }),
		public: text("info.publicOf", { count }),
	};
	return {
		name: roomName(summary),
		pictureId: roomPictureId(summary),
		kindText: kinds[summary.kind],
		topic: summary.topic,
	};
}

function permissionsOf(summary: WireRoomSummary | undefined, details: WireRoomDetails | undefined) {
	const isJoined = summary?.membership === "join" && summary.replacementRoomId === undefined;
	return {
		canInvite: isJoined && summary.kind !== "direct" && details?.permissions.invite === true,
		canSetPicture: isJoined && summary?.kind !== "direct" && details?.permissions.setAvatar === true,
		hasPicture: summary?.avatarUrl !== undefined,
		canRename: isJoined && summary?.kind !== "direct" && details?.permissions.setName === true,
		canLeave: summary?.membership === "join",
	};
}

interface Act {
	readonly roomId: string;
	readonly member: WireMember;
	readonly choice: MemberChoice;
}

interface Means {
	readonly run: (work: () => Promise<unknown>) => void;
	readonly ask: (dialog: InfoDialog) => void;
}

function actOn({ roomId, member, choice }: Act, { run, ask }: Means): void {
	const { userId, displayName: name } = member;
	if (choice === "kick" || choice === "ban") ask({ kind: choice, userId, name });
	else run(() => actAtOnce({ roomId, userId }, choice));
}

/** What needs no question: it can be taken back. */
function actAtOnce(
	who: { readonly roomId: string; readonly userId: string },
	choice: Exclude<MemberChoice, "kick" | "ban">,
) {
	switch (choice) {
		case "makeAdmin":
			return api.rooms.setRole.mutate({ ...who, role: "admin" });
		case "makeModerator":
			return api.rooms.setRole.mutate({ ...who, role: "moderator" });
		case "makeMember":
			return api.rooms.setRole.mutate({ ...who, role: "member" });
		case "withdraw":
			return api.rooms.kick.mutate(who);
		case "unban":
			return api.rooms.unban.mutate(who);
	}
}

/** Does what a dialog asked for. `value` is what was typed or chosen in it. */
async function confirm(roomId: string, dialog: InfoDialog, value: string): Promise<void> {
	switch (dialog.kind) {
		case "invite":
			await api.rooms.invite.mutate({ roomId, userId: value });
			return;
		case "rename":
			await api.rooms.setName.mutate({ roomId, name: value.trim() });
			return;
		case "leave":
			await api.rooms.leave.mutate({ roomId });
			return;
		case "kick":
			await api.rooms.kick.mutate({ roomId, userId: dialog.userId });
			return;
		case "ban":
			await api.rooms.ban.mutate({ roomId, userId: dialog.userId });
	}
}
