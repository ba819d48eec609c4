import type { ReactNode } from "react";
import { ComposerView } from "./composer-view.tsx";
import { useComposer } from "./composer-view-model.ts";

interface ComposerPartProps {
	readonly roomId: string;
	readonly members: Parameters<typeof useComposer>[1];
	/** What the page puts beside the field. */
	readonly tools: ReactNode;
}

/** Where one writes. */
export function ComposerPart({ roomId, members, tools }: ComposerPartProps) {
	return <ComposerView {...useComposer(roomId, members)} tools={tools} />;
}
