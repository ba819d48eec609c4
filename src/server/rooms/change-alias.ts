import type { RoomAlias, RoomId, UserId } from "../../../federation/identifiers/identifier-types.ts";
import { roomAliasServer } from "../../../federation/identifiers/room-alias.ts";
import { AppError } from "../../shared/app-error.ts";
import type { PlanContext } from "./append/append-job.ts";
import type { RoomDraft } from "./append/room-draft.ts";
import { requireLevel } from "./require-level.ts";
import type { RoomsDependencies } from "./rooms-dependencies.ts";

export interface ChangeAliasInput {
	readonly userId: UserId;
	readonly roomId: RoomId;
	readonly alias: RoomAlias;
}

/** Points an alias of this server at a room. Throws `alias-taken`, `forbidden`, `bad-input` for an alias of another server. */
export const addAlias = (dependencies: RoomsDependencies, input: ChangeAliasInput): Promise<void> =>
	changeAlias(dependencies, input, (context, draft) => addAliasRow(context, draft, input));

/** Takes an alias away. Throws `not-found` when it does not lead to this room, `forbidden`. */
export const removeAlias = (dependencies: RoomsDependencies, input: ChangeAliasInput): Promise<void> =>
	changeAlias(dependencies, input, (context, draft) => {
		if (context.alias(input.alias) !== input.roomId) throw new AppError("not-found");
		draft.rows.aliases.push({ alias: input.alias, roomNid: undefined, creatorId: input.userId });
	});

/** The row of a new alias. Throws `alias-taken`. */
export const addAliasRow = (
	context: PlanContext,
	draft: RoomDraft,
	wanted: { readonly alias: RoomAlias; readonly userId: UserId },
): void => {
	const taken = context.alias(wanted.alias);
	if (taken !== undefined && taken !== draft.roomId) throw new AppError("alias-taken");
	draft.rows.aliases.push({ alias: wanted.alias, roomNid: draft.row.nid, creatorId: wanted.userId });
};

const changeAlias = async (
	dependencies: RoomsDependencies,
	input: ChangeAliasInput,
	change: (context: PlanContext, draft: RoomDraft) => void,
): Promise<void> => {
	if (roomAliasServer(input.alias) !== dependencies.serverName)
		throw new AppError("bad-input", { detail: "an alias of another server" });
	await dependencies.lane.submit({
		rooms: [input.roomId],
		users: [input.userId],
		aliases: [input.alias],
		plan: (context) => {
			const draft = context.room(input.roomId);
			requireLevel(draft, input.userId, "m.room.canonical_alias");
			change(context, draft);
		},
	});
};
