import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useClientState } from "../../client/hooks/use-client.ts";
import { listedRooms } from "../../client/rooms/listed-rooms.ts";
import { failureOf } from "../../client/trpc/errors.ts";
import { api, trpc } from "../../client/trpc/trpc.ts";
import { failureText } from "../../shared/text/failure-text.ts";
import { roomName, roomPictureId } from "../../shared/text/names.ts";
import { useSpaceRooms } from "./space-rooms-view-model.ts";

/** A space that the reader is in: its rooms, and putting rooms in or taking them out for who may. */
export function useSpace(roomId: string) {
	const details = trpc.rooms.details.useQuery({ roomId });
	const summary = useClientState((state) => state.rooms.get(roomId)?.summary);
	const rooms = useSpaceRooms(roomId);
	const change = useSpaceChange();
	const mayChange = details.data?.permissions.addRooms === true;
	return {
		rooms: { ...rooms, error: rooms.error ?? (change.isAdding ? undefined : change.error) },
		topic: summary?.topic,
		canAdd: mayChange,
		onRemove: mayChange ? (id: string) => change.run({ spaceId: roomId, roomId: id }) : undefined,
		onAdd: change.onOpen,
		dialog: change.isAdding ? { name: summary === undefined ? "" : roomName(summary), ...change.adding } : undefined,
		addable: useAddableRooms(roomId, new Set(rooms.rooms.map((room) => room.roomId))),
		onPick: (id: string) => change.run({ spaceId: roomId, roomId: id, opensToSpace: change.adding.opensToSpace }),
	} as const;
}

/** Rooms that the reader is in and the space does not hold. */
function useAddableRooms(spaceId: string, inSpace: ReadonlySet<string>) {
	const rooms = useClientState((state) => state.rooms);
	return listedRooms(rooms.values()).flatMap(({ roomId, summary }) => {
		const { kind, membership, replacementRoomId } = summary;
		const isUsable = membership === "join" && kind !== "direct" && replacementRoomId === undefined;
		if (!isUsable || roomId === spaceId || inSpace.has(roomId)) return [];
		return [{ roomId, name: roomName(summary), pictureId: roomPictureId(summary), isSpace: kind === "space" }];
	});
}

type SpaceChange = {
	readonly spaceId: string;
	readonly roomId: string;
	/** Present: the room is put in; absent: it is taken out. */
	readonly opensToSpace?: boolean;
};

function useSpaceChange() {
	const utils = trpc.useUtils();
	const [isAdding, setAdding] = useState(false);
	const [query, setQuery] = useState("");
	const [opensToSpace, setOpens] = useState(false);
	const change = useMutation({
		mutationFn: ({ opensToSpace: opens, ...which }: SpaceChange) =>
			opens === undefined
				? api.rooms.removeFromSpace.mutate(which)
				: api.rooms.addToSpace.mutate({ ...which, opensToSpace: opens }),
		onSuccess: async () => {
			setAdding(false);
			await utils.rooms.hierarchy.invalidate();
		},
	});
	const error = change.error === null ? undefined : failureText(failureOf(change.error).code);
	return {
		isAdding,
		error,
		run: (wanted: SpaceChange) => {
			if (!change.isPending) change.mutate(wanted);
		},
		onOpen: () => {
			change.reset();
			setQuery("");
			setAdding(true);
		},
		adding: {
			query,
			opensToSpace,
			error,
			onQuery: setQuery,
			onOpens: setOpens,
			onClose: () => setAdding(false),
		},
	};
}
