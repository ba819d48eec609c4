import { useMutation } from "@tanstack/react-query";
import { type NextRouter, useRouter } from "next/router";
import { useState } from "react";
import { useClientState } from "../../client/hooks/use-client.ts";
import { usePeopleSearch } from "../../client/hooks/use-people-search.ts";
import { roomAddress } from "../../client/rooms/addresses.ts";
import { openDirectChat } from "../../client/rooms/direct-chat.ts";
import { listedRooms } from "../../client/rooms/listed-rooms.ts";
import { clientStore } from "../../client/store/client-store.ts";
import { roomName, roomPictureId } from "../../shared/text/names.ts";
import { text } from "../../shared/text/text.ts";
import type { PaletteItem, PaletteProps } from "./palette-view.tsx";
import { useShortcuts } from "./use-shortcuts.ts";

const mostChats = 7;
const mostPeople = 4;

/** The palette, the sheet of keys, and the keys that open them. */
export function usePalette() {
	const router = useRouter();
	const [open, setOpen] = useState<"palette" | "help" | undefined>();
	const [active, setActive] = useState(0);
	const { query, onQuery, search } = usePeopleSearch(useClientState((state) => state.me?.userId));
	const write = useMutation({
		mutationFn: openDirectChat,
		onSuccess: (roomId) => void router.push(roomAddress(roomId)),
	});
	const close = () => {
		setOpen(undefined);
		onQuery("");
		setActive(0);
	};
	useShortcuts({
		onPalette: () => (open === "palette" ? close() : setOpen("palette")),
		onHelp: () => setOpen("help"),
		onStep: (step) => stepChat(router, step),
	});
	if (open === undefined) return { palette: undefined, isHelpOpen: false, onCloseHelp: close };
	const people = search.kind === "found" ? search.people : [];
	const items = [...chatItems(query), ...(query === "" ? [] : peopleItems(people)), ...actionItems(query)];
	const choose = (item: PaletteItem) => {
		close();
		if (item.kind === "person") write.mutate(item.id);
		else if (item.kind === "action" && item.id === "help") setOpen("help");
		else void router.push(item.kind === "chat" ? roomAddress(item.id) : item.id);
	};
	const palette: PaletteProps = {
		query,
		items,
		activeIndex: Math.min(active, Math.max(0, items.length - 1)),
		onQuery: (next) => {
			onQuery(next);
			setActive(0);
		},
		onMove: (step) => setActive((now) => (Math.min(now, items.length - 1) + step + items.length) % items.length),
		onChoose: choose,
		onClose: close,
	};
	return { palette: open === "palette" ? palette : undefined, isHelpOpen: open === "help", onCloseHelp: close };
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

function peopleItems(people: readonly { readonly userId: string; readonly displayName: string }[]) {
	return people.slice(0, mostPeople).map(({ userId, displayName }) => ({
		kind: "person" as const,
		id: userId,
		label: displayName,
		pictureId: userId,
		detail: userId,
	}));
}

function actionItems(query: string): readonly PaletteItem[] {
	const all = [
		["/new", text("list.new")],
		["/new-group", text("newGroup.title")],
		["/you", text("palette.settings")],
		["help", text("help.title")],
	] as const;
	return all
		.filter(([, label]) => fits(label, query))
		.map(([id, label]) => ({ kind: "action", id, label, pictureId: "", detail: "" }));
}

function fits(label: string, query: string): boolean {
	return label.toLocaleLowerCase().includes(query.trim().toLocaleLowerCase());
}

/** Opens the chat above or below the one that is open. */
function stepChat(router: NextRouter, step: 1 | -1): void {
	const ids = listedRooms(clientStore.get().rooms.values()).map((room) => room.roomId);
	const { path } = router.query;
	const at = Array.isArray(path) ? ids.indexOf(path[0] ?? "") : -1;
	const next = at === -1 ? ids[0] : ids[at + step];
	if (next !== undefined) void router.push(roomAddress(next));
}
