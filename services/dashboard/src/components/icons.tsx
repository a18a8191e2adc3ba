/** The icons in use, 16 px on a 16 px grid. Decoration only: the words beside or around them speak. */
import type { ReactNode } from "react";

function icon(paths: ReactNode) {
  return function Icon() {
    return (
      <svg width="16" height="16" viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.5"
        strokeLinecap="round" strokeLinejoin="round" aria-hidden="true">
        {paths}
      </svg>
    );
  };
}

export const ActivityIcon = icon(<path d="M1.5 8.5h3l2-5.5 3 10 2-4.5h3" />);
export const UsersIcon = icon(
  <>
    <circle cx="6" cy="5" r="2.5" />
    <path d="M1.5 13.5c0-2.5 2-4 4.5-4s4.5 1.5 4.5 4M10.5 2.8a2.5 2.5 0 0 1 0 4.4M12.5 10c1.3.6 2 1.9 2 3.5" />
  </>,
);
export const SunIcon = icon(
  <>
    <circle cx="8" cy="8" r="2.8" />
    <path d="M8 1.2v1.5M8 13.3v1.5M1.2 8h1.5M13.3 8h1.5M3.2 3.2l1 1M11.8 11.8l1 1M12.8 3.2l-1 1M4.2 11.8l-1 1" />
  </>,
);
export const MoonIcon = icon(<path d="M13.5 9.6A5.7 5.7 0 0 1 6.4 2.5a5.7 5.7 0 1 0 7.1 7.1Z" />);
export const HalfIcon = icon(
  <>
    <circle cx="8" cy="8" r="5.8" />
    <path d="M8 2.2a5.8 5.8 0 0 1 0 11.6Z" fill="currentColor" />
  </>,
);
export const HelpIcon = icon(
  <>
    <circle cx="8" cy="8" r="6.3" />
    <path d="M6.2 6.3A1.8 1.8 0 1 1 8 8.3v.7M8 11.3v.1" />
  </>,
);
export const SignOutIcon = icon(<path d="M6 2H3.5A1 1 0 0 0 2.5 3v10a1 1 0 0 0 1 1H6M10.5 11l3-3-3-3M13.5 8h-7" />);
export const CloseIcon = icon(<path d="m4 4 8 8M12 4l-8 8" />);
export const PauseIcon = icon(<path d="M5.5 3.5v9M10.5 3.5v9" />);
export const PlayIcon = icon(<path d="M5 3.2v9.6L12.5 8Z" />);
export const UpIcon = icon(<path d="m4 9.5 4-4 4 4" />);
export const DownIcon = icon(<path d="m4 6.5 4 4 4-4" />);
export const BackIcon = icon(<path d="M9.5 4 5.5 8l4 4" />);
export const SearchIcon = icon(
  <>
    <circle cx="7" cy="7" r="4.5" />
    <path d="m10.5 10.5 3.5 3.5" />
  </>,
);
export const CopyIcon = icon(
  <>
    <rect x="5.5" y="5.5" width="8" height="8" rx="1.5" />
    <path d="M10.5 5.5v-2a1 1 0 0 0-1-1h-6a1 1 0 0 0-1 1v6a1 1 0 0 0 1 1h2" />
  </>,
);
export const DoneIcon = icon(<path d="m3 8.5 3.5 3.5L13 4.5" />);

const devicePaths: Record<string, ReactNode> = {
  desktop: <path d="M2 3.5h12v7H2ZM6 13.5h4" />,
  phone: <path d="M5 1.8h6v12.4H5ZM7.5 12.2h1" />,
  tablet: <path d="M3.2 2h9.6v12H3.2ZM7.3 12.2h1.4" />,
  bot: <path d="M3 6h10v7.5H3ZM8 6V3M6 9v1M10 9v1" />,
  other: <path d="M3 4h10v8H3Z" />,
};

export function DeviceIcon({ kind }: { kind: string }) {
  const Icon = icon(devicePaths[kind] ?? devicePaths["other"]);
  return Icon();
}
