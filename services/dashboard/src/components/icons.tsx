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

export const ColumnsIcon = icon(<path d="M2 3.5h12v9H2ZM6 3.5v9M10 3.5v9" />);
export const DownloadIcon = icon(<path d="M8 2.5v7.5M4.8 7 8 10.2 11.2 7M2.5 13.5h11" />);
export const BookmarkIcon = icon(<path d="M4.5 2.5h7v11L8 10.8l-3.5 2.7Z" />);
export const OverviewIcon = icon(<path d="M2.5 13.5v-5M6.2 13.5v-9M9.8 13.5v-6M13.5 13.5v-11" />);
export const ReviewIcon = icon(<path d="M8 1.8 13.5 4v4c0 3-2.2 5.2-5.5 6.3C4.7 13.2 2.5 11 2.5 8V4ZM8 5.2v3.6M8 10.9v.1" />);
export const ListsIcon = icon(<path d="M5.5 4h8M5.5 8h8M5.5 12h8M2.5 4h.1M2.5 8h.1M2.5 12h.1" />);
export const AddressIcon = icon(
  <>
    <path d="M8 14s4.5-4 4.5-7.5a4.5 4.5 0 1 0-9 0C3.5 10 8 14 8 14Z" />
    <circle cx="8" cy="6.5" r="1.6" />
  </>,
);
export const NetworkIcon = icon(
  <>
    <circle cx="8" cy="3.2" r="1.7" /><circle cx="3.2" cy="12" r="1.7" /><circle cx="12.8" cy="12" r="1.7" />
    <path d="M7.2 4.8 4 10.4M8.8 4.8l3.2 5.6M5 12h6" />
  </>,
);
export const GlobeIcon = icon(
  <>
    <circle cx="8" cy="8" r="6" />
    <path d="M2 8h12M8 2c2.2 2 2.2 10 0 12M8 2c-2.2 2-2.2 10 0 12" />
  </>,
);
export const ResourceIcon = icon(<path d="M4 1.8h5l3.2 3.2v9.2H4ZM9 1.8V5h3.2" />);
export const MailIcon = icon(<path d="M2 4h12v8.5H2ZM2.2 4.4 8 9l5.8-4.6" />);
export const PhoneIcon = icon(<path d="M3 2.5h2.6l1.2 3-1.6 1.3a8 8 0 0 0 4 4l1.3-1.6 3 1.2V13a1 1 0 0 1-1 1A10.5 10.5 0 0 1 2 3.500a1 1 0 0 1 1-1Z" />);
export const HistoryIcon = icon(<path d="M2.5 8a5.5 5.5 0 1 1 1.7 4M2.5 8 1.2 6.5M2.5 8 4 6.500M8 5v3.200l2 1.3" />);
export const RulesIcon = icon(<path d="M2.5 4.500h6M11 4.500h2.500M9.8 2.800v3.400M2.5 11.500h2.500M7.5 11.500h6M6.2 9.800v3.4" />);
export const PolicyIcon = icon(<path d="M3 8.500l3 3 7-7.5" />);
export const DecisionIcon = icon(<path d="M3 5.5 7 9.500M6 2.500l4 4M9.5 3l-6 6M8.5 8l5 5M2.5 13.500h5" />);
export const LogbookIcon = icon(<path d="M3.5 2h9v12h-9ZM6 5h4M6 8h4M6 11h2" />);
export const DataIcon = icon(
  <>
    <ellipse cx="8" cy="3.8" rx="5" ry="1.8" />
    <path d="M3 3.800v8.400c0 1 2.2 1.8 5 1.800s5-.8 5-1.800V3.800M3 8c0 1 2.2 1.8 5 1.800s5-.8 5-1.8" />
  </>,
);
export const AuditIcon = icon(<path d="M8 1.8 13.5 4v4c0 3-2.2 5.2-5.5 6.300C4.7 13.2 2.5 11 2.5 8V4ZM5.5 8l1.8 1.800L10.7 6.3" />);
export const SettingsIcon = icon(
  <>
    <circle cx="8" cy="8" r="2.2" />
    <path d="M8 1.800v2M8 12.200v2M1.8 8h2M12.2 8h2M3.6 3.6 5 5M11 11l1.4 1.400M12.4 3.6 11 5M5 11l-1.4 1.4" />
  </>,
);
export const SessionIcon = icon(<path d="M2 4.500h7M4 8h8M7 11.500h7" />);
export const MoreIcon = icon(<path d="M3.5 8h.1M8 8h.1M12.5 8h.1" />);
export const PaymentIcon = icon(<path d="M2 4h12v8.500H2ZM2 7h12M4.5 10.200h2.5" />);
export const FieldIcon = icon(<path d="M2.5 5h11M2.5 8h7M2.5 11h9M12 7.500v4" />);
export const BlockIcon = icon(
  <>
    <circle cx="8" cy="8" r="5.8" />
    <path d="m4 4 8 8" />
  </>,
);
export const AllowIcon = icon(
  <>
    <circle cx="8" cy="8" r="5.8" />
    <path d="m5.3 8.2 2 2 3.5-4" />
  </>,
);
export const WatchIcon = icon(
  <>
    <path d="M1.5 8S4 3.8 8 3.8 14.5 8 14.5 8 12 12.2 8 12.2 1.5 8 1.5 8Z" />
    <circle cx="8" cy="8" r="1.8" />
  </>,
);
export const MenuIcon = icon(<path d="M2.5 4.500h11M2.5 8h11M2.5 11.500h11" />);
