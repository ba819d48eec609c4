import { AssistantSettingsView } from "./assistant-settings-view.tsx";
import { useAssistantSettings } from "./assistant-settings-view-model.ts";

/** The assistant's section of the settings. */
export function AssistantSettingsPart() {
	return <AssistantSettingsView {...useAssistantSettings()} />;
}
