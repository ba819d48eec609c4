import { ComposerView } from "./composer-view.tsx";
import { useComposer } from "./composer-view-model.ts";

interface ComposerPartProps {
	readonly roomId: string;
	readonly members: Parameters<typeof useComposer>[1];
}

/** Where one writes. */
export function ComposerPart({ roomId, members }: ComposerPartProps) {
	return <ComposerView {...useComposer(roomId, members)} />;
}
