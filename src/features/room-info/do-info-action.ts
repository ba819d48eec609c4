import { encryptionOf, noteEncrypted } from "../../client/crypto/room-encryption.ts";
import { invitePerson } from "../../client/rooms/invite-person.ts";
import { api } from "../../client/trpc/trpc.ts";
import type { WireRoomDetails } from "../../shared/wire/room.ts";
import type { InfoAction } from "./info-actions.ts";

/** Where the reader is afterwards: undefined: still here. */
export type Outcome =
	| { readonly kind: "stays" }
	| { readonly kind: "left" }
	| { readonly kind: "moved"; readonly roomId: string };

const stays: Outcome = { kind: "stays" };

/** Does what a dialog asked for. */
export async function doInfoAction(details: WireRoomDetails, action: InfoAction): Promise<Outcome> {
	const { roomId } = details.summary;
	switch (action.kind) {
		case "invite":
			await invitePerson({ roomId, userId: action.userId });
			return stays;
		case "kick":
		case "ban":
			await api.rooms[action.kind].mutate({ roomId, userId: action.userId });
			return stays;
		case "edit":
			await edit(details, action);
			return stays;
		case "joinRule":
			await api.rooms.setJoinRule.mutate({ roomId, joinRule: action.joinRule });
			return stays;
		case "history":
			await api.rooms.setHistoryVisibility.mutate({ roomId, historyVisibility: action.historyVisibility });
			return stays;
		case "encrypt":
			await api.rooms.enableEncryption.mutate({ roomId });
			return stays;
		case "assistant":
			await setAssistant(roomId, action);
			return stays;
		case "addAlias":
		case "removeAlias":
			await api.rooms[action.kind].mutate({ roomId, alias: action.alias });
			return stays;
		case "upgrade": {
			const { transactionId, ownerIds } = action;
			const upgrade = { roomId, transactionId, version: details.upgradeVersion, ownerIds: [...ownerIds] };
			const { roomId: newId } = await api.rooms.upgrade.mutate(upgrade);
			if (encryptionOf(roomId) !== undefined) noteEncrypted(newId);
			return { kind: "moved", roomId: newId };
		}
		case "leave":
			await api.rooms.leave.mutate({ roomId });
			if (action.forgets) await api.rooms.forget.mutate({ roomId });
			return { kind: "left" };
	}
}

/** As a member it speaks the language, and goes by the clock, of whoever decides. */
async function setAssistant(
	roomId: string,
	{ policy, asMember: { digest, isGreeting } }: Extract<InfoAction, { kind: "assistant" }>,
): Promise<void> {
	const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
	const choice = { ...(digest !== undefined && { digest: { ...digest, zone } }), isGreeting };
	await api.assistant.setPolicy.mutate({ roomId, policy, language: navigator.language, ...choice });
}

/** Sets only what was changed: not everybody who may set one may set the other. */
async function edit(
	{ summary: { roomId, ...now } }: WireRoomDetails,
	{ name, topic }: Extract<InfoAction, { kind: "edit" }>,
): Promise<void> {
	if (name !== (now.name ?? "") && name !== "") await api.rooms.setName.mutate({ roomId, name });
	if (topic !== (now.topic ?? "")) await api.rooms.setTopic.mutate({ roomId, topic });
}
