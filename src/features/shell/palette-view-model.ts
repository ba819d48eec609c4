import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/router";
import { useState } from "react";
import { useClientState } from "../../client/hooks/use-client.ts";
import { usePeopleSearch } from "../../client/hooks/use-people-search.ts";
import { roomAddress } from "../../client/rooms/addresses.ts";
import { openDirectChat } from "../../client/rooms/direct-chat.ts";
import { listedRooms } from "../../client/rooms/listed-rooms.ts";
import { clientStore } from "../../client/store/client-store.ts";
import { roomName, roomPictureId } from "../../shared/text/names.ts";
import "../../shared/text/en/palette.ts";
import type { PickablePerson } from "../../components/people-picker.tsx";
import { text } from "../../shared/text/text.ts";
import type { PaletteItem, PaletteProps } from "./palette-view.tsx";

const mostChats = 7;
const mostPeople = 4;

export interface PaletteMeans {
	readonly onHelp: () => void;
	readonly onClose: () => void;
}

/** What the palette offers for the letters typed, while it is open. */
export function usePalette({ onHelp, onClose }: PaletteMeans): PaletteProps {
	const router = useRouter();
	const [active, setActive] = useState(0);
	const { query, onQuery, search } = usePeopleSearch(useClientState((state) => state.me?.userId));
	const write = useMutation({
		mutationFn: openDirectChat,
		onSuccess: (roomId) => void router.push(roomAddress(roomId)),
	});
	const people = search.kind === "found" ? search.people : [];
	const items = [...chatItems(query), ...(query === "" ? [] : peopleItems(people)), ...actionItems(query)];
	const choose = (item: PaletteItem) => {
		onClose();
		if (item.kind === "person") write.mutate(item.id);
		else if (item.kind === "action" && item.id === "help") onHelp();
		else void router.push(item.kind === "chat" ? roomAddress(item.id) : item.id);
	};
	return {
		query,
		items,
		activeIndex: Math.min(active, Math.max(0, items.length - 1)),
		onQuery: (next) => {
			onQuery(next);
			setActive(0);
		},
		onMove: (step) => setActive((now) => (Math.min(now, items.length - 1) + step + items.length) % items.length),
		onChoose: choose,
		onClose,
	};
}

function chatItems(query: string): readonly PaletteItem[] {
	return listedRooms(clientStore.get().rooms.values())
		.map(({ roomId, summary }) => ({
			kind: "chat" as const,
			id: roomId,
			label: roomName(summary),
			pictureId: roomPictureId(summary),
			detail: summary.kind === "direct" ? "" : text("room.people", { count: summary.joinedCount }),
		}))
		.filter((item) => fits(item.label, query))
		.slice(0, mostChats);
}

function peopleItems(people: readonly PickablePerson[]) {
	return people.slice(0, mostPeople).map(({ userId, displayName, avatarUrl }) => ({
		kind: "person" as const,
		id: userId,
		label: displayName,
		pictureId: userId,
		picture: avatarUrl,
		detail: userId,
	}));
}

function actionItems(query: string): readonly PaletteItem[] {
	const all = [
		["/new", text("list.new")],
		["/new-group", text("newGroup.title")],
		["/you", text("palette.settings")],
		["/you/help", text("palette.askServer")],
		["help", text("help.title")],
	] as const;
	return all
		.filter(([, label]) => fits(label, query))
		.map(([id, label]) => ({ kind: "action", id, label, pictureId: "", detail: "" }));
}

function fits(label: string, query: string): boolean {
	return label.toLocaleLowerCase().includes(query.trim().toLocaleLowerCase());
}
