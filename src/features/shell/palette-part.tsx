import { PaletteView } from "./palette-view.tsx";
import { type PaletteMeans, usePalette } from "./palette-view-model.ts";

/** The command palette with all that it knows; mounted while it is open. */
export function PalettePart(means: PaletteMeans) {
	return <PaletteView {...usePalette(means)} />;
}
