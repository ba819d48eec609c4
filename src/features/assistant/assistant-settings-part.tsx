import { AssistantSettingsView } from "./assistant-settings-view.tsx";
import { useAssistantSettings } from "./assistant-settings-view-model.ts";
import { AutoReplyView } from "./auto-reply-view.tsx";
import { useAutoReply } from "./auto-reply-view-model.ts";
import { OwnOllamaView } from "./own-ollama-view.tsx";
import { useOwnOllama } from "./own-ollama-view-model.ts";

/** The assistant's section of the settings. */
export function AssistantSettingsPart() {
	const { place, ...settings } = useAssistantSettings();
	const own = useOwnOllama(settings.host, settings.state === "there");
	const autoReply = useAutoReply(place.name);
	return (
		<AssistantSettingsView {...settings} own={<OwnOllamaView {...own} />} choices={<AutoReplyView {...autoReply} />} />
	);
}
