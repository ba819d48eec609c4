import { AssistantSettingsView } from "./assistant-settings-view.tsx";
import { useAssistantSettings } from "./assistant-settings-view-model.ts";
import { AutoReplyView } from "./auto-reply-view.tsx";
import { useAutoReply } from "./auto-reply-view-model.ts";
import { MeaningSettingsView } from "./meaning-settings-view.tsx";
import { useMeaningSettings } from "./meaning-settings-view-model.ts";
import { OwnOllamaView } from "./own-ollama-view.tsx";
import { useOwnOllama } from "./own-ollama-view-model.ts";

/** The assistant's section of the settings. */
export function AssistantSettingsPart() {
	const { place, canServerEmbed, ...settings } = useAssistantSettings();
	const own = useOwnOllama(settings.host, settings.state === "there");
	const meaning = useMeaningSettings(settings.host, canServerEmbed);
	const autoReply = useAutoReply(place.name);
	const choices = (
		<>
			{meaning !== undefined && <MeaningSettingsView {...meaning} />}
			<AutoReplyView {...autoReply} />
		</>
	);
	return <AssistantSettingsView {...settings} own={<OwnOllamaView {...own} />} choices={choices} />;
}
