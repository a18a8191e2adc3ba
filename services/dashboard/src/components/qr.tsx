/** A text as a QR code, for a camera. Dark on light in both themes: many readers take no other. */
import { encode } from "uqr";
import "./qr.css";

/** Light modules around the code that readers need to find it. */
const QUIET_MODULES = 4;

export function Qr({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { border: QUIET_MODULES });
  const dark = data.flatMap((row, y) => row.flatMap((on, x) => (on ? [`M${x} ${y}h1v1h-1z`] : []))).join("");
  return (
    <svg className="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shapeRendering="crispEdges">
      <path d={dark} />
    </svg>
  );
}
