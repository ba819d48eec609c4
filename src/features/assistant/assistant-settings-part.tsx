import { AssistantSettingsView } from "./assistant-settings-view.tsx";
import { useAssistantSettings } from "./assistant-settings-view-model.ts";
import { AutoReplyView } from "./auto-reply-view.tsx";
import { useAutoReply } from "./auto-reply-view-model.ts";

/** The assistant's section of the settings. */
export function AssistantSettingsPart() {
	const settings = useAssistantSettings();
	const autoReply = useAutoReply(settings.host);
	return <AssistantSettingsView {...settings} choices={<AutoReplyView {...autoReply} />} />;
}
