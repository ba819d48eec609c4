export { createToDevice, type ToDevice } from "./create-to-device.ts";
export type { NewToDevice, ToDeviceBatch, ToDeviceStore } from "./ports.ts";
export { maxContentLength, mostWaiting } from "./send-to-device.ts";
