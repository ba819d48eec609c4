import { useState } from "react";
import { useClientState } from "../../client/hooks/use-client.ts";
import { useObservable } from "../../client/hooks/use-observable.ts";
import { meaningChoice } from "../../client/meaning/meaning-choice.ts";
import { roomAddress } from "../../client/rooms/addresses.ts";
import { roomName } from "../../shared/text/names.ts";
import type { MeaningSettingsProps } from "./meaning-settings-view.tsx";

/**
 * Reading for meaning by the person's server, as it can be allowed and taken back. Undefined where there is nothing to decide:
 * the server does not do it, or an Ollama of their own does the work.
 * @param canServer the server makes vectors, and nothing else takes its place
 */
export function useMeaningSettings(host: string, canServer: boolean): MeaningSettingsProps | undefined {
	const choice = useObservable(meaningChoice, (one) => one);
	const rooms = useClientState((state) => state.rooms);
	const [isAsking, setAsking] = useState(false);
	if (choice === undefined || !(canServer || choice.isOn)) return undefined;
	const change = (make: (keep: typeof import("../../client/meaning/keep-meaning-choice.ts")) => Promise<void>): void =>
		void import("../../client/meaning/keep-meaning-choice.ts").then(make);
	return {
		...{ host, isAsking, isOn: choice.isOn },
		chats: choice.roomIds.map((roomId) => {
			const summary = rooms.get(roomId)?.summary;
			return { roomId, name: summary === undefined ? roomId : roomName(summary), href: roomAddress(roomId) };
		}),
		onAsk: () => setAsking(true),
		onCancel: () => setAsking(false),
		onAllow: () => {
			setAsking(false);
			change(({ switchMeaning }) => switchMeaning(true));
		},
		onStop: () => change(({ switchMeaning }) => switchMeaning(false)),
		onRemove: (roomId) => change(({ removeMeaningRoom }) => removeMeaningRoom(roomId)),
	};
}
