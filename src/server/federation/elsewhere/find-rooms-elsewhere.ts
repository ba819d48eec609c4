import { askForPublicRooms } from "../../../../federation/handshakes/ask-for-public-rooms.ts";
import { AppError } from "../../../shared/app-error.ts";
import type { PublicRoomsElsewhereQuery, RoomPreview } from "../../rooms/public.ts";
import { handshakeError } from "../membership/handshake-error.ts";
import type { MembershipDependencies } from "../membership/membership-dependencies.ts";
import { previewOf } from "./preview-of.ts";

/** Somebody looks at an empty list meanwhile. */
const timeoutMs = 15_000;

/**
 * A page of the public rooms that another server lists. Throws `bad-input` for this server's own name and for words that no
 * room could have, `server-refused` where it shows its list to nobody, and what else `handshakeError` says.
 */
export const findRoomsElsewhere = async (
	{ transport, memberships, serverName }: Pick<MembershipDependencies, "transport" | "memberships" | "serverName">,
	{ userId, server, text, cursor, limit }: PublicRoomsElsewhereQuery,
): Promise<{ readonly items: readonly RoomPreview[]; readonly nextCursor?: string }> => {
	if (server === serverName) throw new AppError("bad-input", { detail: "this server" });
	const wanted = text.trim().normalize("NFC");
	// Neither can be signed, and no room is called so.
	if (/[\p{Cc}\p{Cs}]/u.test(wanted) || /\p{Cs}/u.test(cursor ?? "")) throw new AppError("bad-input");
	const given = await askForPublicRooms(
		{ peers: transport, server },
		{ text: wanted, since: cursor, limit, timeoutMs },
	);
	if (given.kind === "refused") throw refusal(given);
	if (given.kind !== "given") throw handshakeError(given);
	const standings = await memberships.standings(
		given.rooms.map(({ roomId }) => roomId),
		userId,
	);
	const items = given.rooms.map((room) =>
		previewOf(room, { membership: standings.get(room.roomId)?.membership, via: [server] }),
	);
	return {
		items: items.filter(({ membership }) => membership !== "ban"),
		...(given.next === undefined ? {} : { nextCursor: given.next }),
	};
};

/** That it has no list, or shows it to nobody, is one thing to whoever asks; that it is busy is another. */
const refusal = ({ status, errcode }: { readonly status: number; readonly errcode: string }): AppError => {
	const isBusy = status === 429 || status >= 500;
	return new AppError(isBusy ? "server-unreachable" : "server-refused", { detail: errcode });
};
