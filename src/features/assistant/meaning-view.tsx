import { Pause, Play } from "lucide-react";
import { IconButton } from "../../components/icon-button.tsx";
import "../../shared/text/en/assistant.ts";
import { text } from "../../shared/text/text.ts";

export interface MeaningProps {
	readonly words: string;
	readonly done: number;
	readonly total: number;
	readonly isRunning: boolean;
	readonly onPause: () => void;
	readonly onGoOn: () => void;
}

/** How far a chat is read for what its messages mean, and the way to let it rest. */
export function MeaningView({ words, done, total, isRunning, onPause, onGoOn }: MeaningProps) {
	return (
		<div className="meaning">
			<span>{words}</span>
			<progress aria-label={words} value={done} max={total} />
			<IconButton
				icon={isRunning ? Pause : Play}
				label={text(isRunning ? "meaning.pause" : "meaning.goOn")}
				onClick={isRunning ? onPause : onGoOn}
			/>
		</div>
	);
}
