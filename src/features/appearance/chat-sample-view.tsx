import { text } from "../../shared/text/text.ts";

/** Two messages in the present look; what they say is said nowhere else, and is not for readers of screens. */
export function ChatSampleView() {
	return (
		<div className="chat-sample" aria-hidden="true">
			<p className="sample-in">{text("appearance.sampleIn")}</p>
			<p className="sample-out">{text("appearance.sampleOut")}</p>
		</div>
	);
}
