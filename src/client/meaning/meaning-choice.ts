import { observable } from "../store/observable.ts";

/** Which chats the person lets their server read for what messages mean, as they chose it on this device. */
export interface MeaningChoice {
	readonly isOn: boolean;
	readonly roomIds: readonly string[];
}

export const noMeaningChoice: MeaningChoice = { isOn: false, roomIds: [] };

/** In every window the same; what keeps it is `keep-meaning-choice.ts`. Undefined: not read yet, so nothing is sent. */
export const meaningChoice = observable<MeaningChoice | undefined>(undefined);

/** Whether the text of a chat's messages may go to the server for it. */
export function isChosen(roomId: string): boolean {
	const choice = meaningChoice.get();
	return choice?.isOn === true && choice.roomIds.includes(roomId);
}
