import type { Viewer } from "../accounts/public.ts";
import { sendToDevice, type ToDeviceDependencies, type ToDeviceRequest } from "./send-to-device.ts";

/** A device repeats what it sent within days at most. */
const receivedHeldMs = 30 * 86_400_000;

/** Messages to devices, bound to what they stand on. */
export const createToDevice = (dependencies: ToDeviceDependencies) => ({
	send: (viewer: Viewer, request: ToDeviceRequest) => sendToDevice(dependencies, viewer, request),
	sweep: () => dependencies.store.forgetReceived(dependencies.clock.now() - receivedHeldMs),
});

export type ToDevice = ReturnType<typeof createToDevice>;
