import type { WireRoomDetails } from "../../shared/wire/room.ts";
import type { AssistantSetting } from "./assistant-setting-view-model.ts";
import type { InfoAction } from "./info-actions.ts";

/** What every dialog of the pane gets. */
export interface InfoDialogProps {
	readonly details: WireRoomDetails;
	readonly roomName: string;
	readonly assistant: AssistantSetting | undefined;
	readonly isBusy: boolean;
	readonly error: string | undefined;
	readonly onDo: (action: InfoAction) => void;
	readonly onClose: () => void;
}
