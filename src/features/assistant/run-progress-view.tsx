import { LoaderCircle, Square } from "lucide-react";
import { Button } from "../../components/button.tsx";
import { Icon } from "../../components/icon.tsx";
import { text } from "../../shared/text/text.ts";
import type { ProgressSnapshot } from "./progress-snapshot.ts";

export interface RunProgressProps {
	readonly progress: ProgressSnapshot;
	readonly onStop: () => void;
}

/** How far the assistant is, and the way to stop it. */
export function RunProgressView({ progress: { words, share }, onStop }: RunProgressProps) {
	return (
		<div className="run">
			{share === undefined ? (
				<Icon of={LoaderCircle} size={16} isSpinning />
			) : (
				<progress aria-label={words} max={share.total} value={share.done} />
			)}
			<span role="status">{words}</span>
			<Button look="second" size="small" onClick={onStop}>
				<Icon of={Square} size={14} />
				{text("run.stop")}
			</Button>
		</div>
	);
}
