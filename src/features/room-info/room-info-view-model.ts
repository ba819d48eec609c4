import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/router";
import { useState } from "react";
import { useClientState, useRoom } from "../../client/hooks/use-client.ts";
import { useNow } from "../../client/hooks/use-now.ts";
import { usePictureChange } from "../../client/hooks/use-picture-change.ts";
import { newTransactionId } from "../../client/outbox/transaction-id.ts";
import { publicRoomAddress, roomAddress, roomInfoAddress } from "../../client/rooms/addresses.ts";
import { invitePerson } from "../../client/rooms/invite-person.ts";
import { failureOf } from "../../client/trpc/errors.ts";
import { api, trpc } from "../../client/trpc/trpc.ts";
import { askPerson, type NotAsked } from "../../client/verification/ask-person.ts";
import { useTrust } from "../../client/verification/use-trust.ts";
import { failureText } from "../../shared/text/failure-text.ts";
import "../../shared/text/en/verification.ts";
import { text } from "../../shared/text/text.ts";
import type { WireMember, WireRoomDetails } from "../../shared/wire/room.ts";
import { doInfoAction, type Outcome } from "./do-info-action.ts";
import type { InfoAction, InfoDialog } from "./info-actions.ts";
import type { MemberChoice } from "./member-choices.ts";
import { memberSnapshots } from "./member-snapshots.ts";
import { useMembers } from "./members-view-model.ts";
import { rightsOf, settingsOf, wordsOf } from "./room-snapshot.ts";

/** The information about one room and everything that can be done from there. */
export function useRoomInfo(roomId: string) {
	const room = useRoom(roomId);
	const me = useClientState((state) => state.me);
	const presence = useClientState((state) => state.presence);
	const now = useNow();
	const details = trpc.rooms.details.useQuery(
		{ roomId },
		{ refetchInterval: ({ state }) => state.data?.membersArriving !== undefined && arrivingMs },
	);
	const arriving = details.data?.membersArriving;
	const picture = usePictureChange((avatarUrl) => api.rooms.setAvatar.mutate({ roomId, avatarUrl }));
	const summary = room?.summary ?? details.data?.summary;
	const { members, list } = useMembers(roomId, {
		peopleCount: summary?.joinedCount ?? 0,
		isArriving: arriving !== undefined,
	});
	const [dialog, setDialog] = useState<InfoDialog | undefined>();
	const change = useChange(setDialog);
	const choose = (member: WireMember, choice: MemberChoice) =>
		actOn({ roomId, member, choice }, { run: change.run, ask: setDialog });
	const trust = useTrust(members.map(({ userId }) => userId).filter((userId) => userId !== me?.userId));
	// A direct chat has two equals: nobody removes or promotes anybody there.
	const rights = summary?.kind === "direct" ? undefined : details.data;
	return {
		chatHref: roomAddress(roomId),
		state: summary && details.data ? "ready" : details.isError ? "failed" : "loading",
		failure: details.error === null ? undefined : failureText(failureOf(details.error).code),
		onRetry: () => void details.refetch(),
		roomId,
		...wordsOf(roomId, summary, arriving !== undefined),
		arriving: arrivingText(arriving),
		hasPicture: summary?.avatarUrl !== undefined,
		picture,
		isDirect: summary?.kind === "direct",
		...memberSnapshots(members, { userId: me?.userId ?? "", rights, trust, presence, now }, choose),
		list,
		onAnswer:
			details.data?.permissions.invite && details.data.permissions.kick
				? (userId: string, isIn: boolean) => change.run(() => answerKnock({ roomId, userId }, isIn))
				: undefined,
		rights: rightsOf(summary, details.data),
		settings: settingsOf(summary, details.data),
		...useNeighbours(roomId, summary?.replacementRoomId, details.data),
		error: dialog === undefined ? change.error : undefined,
		dialogs: {
			dialog,
			details: details.data,
			serverName: me?.serverName ?? "",
			isLastOwner: isLastOwner(members, details.data),
			heirs: members.filter(({ membership, userId }) => membership === "join" && userId !== me?.userId),
			isBusy: change.isBusy,
			error: change.error,
			onOpen: setDialog,
			onDo: (action: InfoAction) => {
				if (details.data !== undefined) change.run(() => doInfoAction(details.data, action));
			},
			onClose: () => {
				change.reset();
				setDialog(undefined);
			},
		},
		onAsk: (kind: Exclude<InfoDialog["kind"], "kick" | "ban" | "upgrade">) => setDialog({ kind }),
		onUpgrade: () => setDialog(askUpgrade()),
	} as const;
}

/** Where the room goes on and where it comes from: chats that the reader has, or how they come to them. */
function useNeighbours(roomId: string, newId: string | undefined, details: WireRoomDetails | undefined) {
	const { predecessorRoomId: oldId, predecessorVia: via = [] } = details ?? {};
	const hasNew = useClientState((state) => newId !== undefined && state.rooms.has(newId));
	const hasOld = useClientState((state) => oldId !== undefined && state.rooms.has(oldId));
	const ownServer = useClientState((state) => state.me?.serverName);
	const others = via.filter((server) => server !== ownServer);
	return {
		// Into a room that is not theirs yet they go from the old one.
		replacementHref: newId && roomAddress(hasNew ? newId : roomId),
		predecessorHref: oldId && (hasOld ? roomAddress(oldId) : publicRoomAddress(oldId, others)),
	};
}

/** Looked at again so often while the people of the room arrive. */
const arrivingMs = 2_000;

function arrivingText(arriving: WireRoomDetails["membersArriving"]): string | undefined {
	return arriving && text(arriving.isFailing ? "joining.membersFailing" : "joining.members");
}

/** One id for one opening of the dialog. */
export function askUpgrade(): InfoDialog {
	return { kind: "upgrade", transactionId: newTransactionId() };
}

/** Whoever asked to join is in with an invitation, and out with a removal. */
async function answerKnock(who: { readonly roomId: string; readonly userId: string }, isIn: boolean): Promise<Outcome> {
	await (isIn ? invitePerson(who) : api.rooms.kick.mutate(who));
	return { kind: "stays" };
}

/** True when the reader would leave a room of others behind that nobody can hand over any more. */
function isLastOwner(members: readonly WireMember[], details: WireRoomDetails | undefined): boolean {
	const owners = members.filter(({ role, membership }) => role === "owner" && membership === "join");
	return details?.ownRole === "owner" && owners.length === 1 && details.summary.joinedCount > 1;
}

function useChange(show: (dialog: InfoDialog | undefined) => void) {
	const utils = trpc.useUtils();
	const router = useRouter();
	const change = useMutation({
		mutationFn: (work: () => Promise<Outcome>) => work(),
		onSuccess: async (outcome, _work) => {
			show(undefined);
			if (outcome.kind === "left") await router.replace("/chat");
			else if (outcome.kind === "moved") await router.push(roomInfoAddress(outcome.roomId));
			const { rooms, assistant } = utils;
			await Promise.all([rooms.members.invalidate(), rooms.details.invalidate(), assistant.policy.invalidate()]);
		},
	});
	return {
		run: (work: () => Promise<Outcome>) => change.mutate(work),
		reset: () => change.reset(),
		isBusy: change.isPending,
		error: change.error === null ? undefined : wordsFor(change.error),
	};
}

interface Act {
	readonly roomId: string;
	readonly member: WireMember;
	readonly choice: MemberChoice;
}

interface Means {
	readonly run: (work: () => Promise<Outcome>) => void;
	readonly ask: (dialog: InfoDialog) => void;
}

function actOn({ roomId, member, choice }: Act, { run, ask }: Means): void {
	const { userId, displayName: name } = member;
	if (choice === "verify") {
		run(() => verify(userId));
		return;
	}
	if (choice === "kick" || choice === "ban") {
		ask({ kind: choice, userId, name });
		return;
	}
	run(async () => {
		await actAtOnce({ roomId, userId }, choice);
		return { kind: "stays" };
	});
}

/** In the chat with them alone, wherever they were met. */
async function verify(userId: string): Promise<Outcome> {
	const refusal = await askPerson(userId);
	if (refusal !== undefined) throw new NotVerifiable(refusal);
	return { kind: "stays" };
}

class NotVerifiable extends Error {
	readonly why: NotAsked;

	constructor(why: NotAsked) {
		super(why);
		this.why = why;
	}
}

function wordsFor(error: Error): string {
	if (!(error instanceof NotVerifiable)) return failureText(failureOf(error).code);
	return text(error.why === "not-encrypted" ? "verified.notEncrypted" : "verified.noIdentity");
}

/** What needs no question: it can be taken back. */
function actAtOnce(
	who: { readonly roomId: string; readonly userId: string },
	choice: Exclude<MemberChoice, "kick" | "ban" | "verify">,
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
