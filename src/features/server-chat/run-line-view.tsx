import { LoaderCircle, Square } from "lucide-react";
import { Button } from "../../components/button.tsx";
import { Icon } from "../../components/icon.tsx";
import "../../shared/text/en/assistant.ts";
import { text } from "../../shared/text/text.ts";

interface RunLineProps {
	readonly progress: string;
	readonly onStop: () => void;
}

/** How far the assistant is, and the way to stop it. */
export function RunLineView({ progress, onStop }: RunLineProps) {
	return (
		<div className="run">
			<Icon of={LoaderCircle} size={16} isSpinning />
			<span role="status">{progress}</span>
			<Button look="second" size="small" onClick={onStop}>
				<Icon of={Square} size={14} />
				{text("run.stop")}
			</Button>
		</div>
	);
}
