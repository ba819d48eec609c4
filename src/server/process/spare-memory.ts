import { setFlagsFromString } from "node:v8";

/**
 * Compiles WebAssembly once and quickly, before any is loaded. The server's only large module plans queries that are
 * then kept; optimising it would hold some 45 MB for good and make nothing faster.
 */
export function spareMemory(): void {
	setFlagsFromString("--liftoff-only");
}
