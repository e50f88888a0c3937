/* What a character means in a numeral: plain, formal and traditional forms. */
#include "normalize/numeral.h"

int chinese_digit(gunichar code) {
    if (code < 0x25CB)
        return -1;
    switch (code) {
    case 0x3007:
    case 0x96F6:
    case 0x25CB:
        return 0; /* 〇零○ */
    case 0x4E00:
    case 0x58F9:
    case 0x5F0C:
        return 1; /* 一壹弌 */
    case 0x4E8C:
    case 0x4E24:
    case 0x5169:
    case 0x8D30:
    case 0x8CB3:
    case 0x8CAE:
    case 0x5F10:
        return 2;
    case 0x5F0D: /* 弍, and above 二两兩贰貳弐 */
        return 2;
    case 0x4E09:
    case 0x53C1:
    case 0x53C4:
    case 0x53C3:
    case 0x53C2:
        return 3; /* 三叁叄參参 */
    case 0x56DB:
    case 0x8086:
        return 4; /* 四肆 */
    case 0x4E94:
    case 0x4F0D:
        return 5; /* 五伍 */
    case 0x516D:
    case 0x9646:
    case 0x9678:
        return 6; /* 六陆陸 */
    case 0x4E03:
    case 0x67D2:
        return 7; /* 七柒 */
    case 0x516B:
    case 0x634C:
        return 8; /* 八捌 */
    case 0x4E5D:
    case 0x7396:
        return 9; /* 九玖 */
    default:
        return -1;
    }
}

gboolean chinese_formal(gunichar code) {
    static const char FORMAL[] = "壹贰貳叁叄參参肆伍陆陸柒捌玖拾佰仟";
    return code_is_han(code) && g_utf8_strchr(FORMAL, -1, code) != NULL;
}

int chinese_power(gunichar code) {
    if (code < 0x4E07)
        return 0;
    switch (code) {
    case 0x5341:
    case 0x62FE:
    case 0x5EFF:
    case 0x5345:
    case 0x534C:
        return 1; /* 十拾廿卅卌 */
    case 0x767E:
    case 0x4F70:
        return 2; /* 百佰 */
    case 0x5343:
    case 0x4EDF:
        return 3; /* 千仟 */
    case 0x4E07:
    case 0x842C:
        return 4; /* 万萬 */
    case 0x4EBF:
    case 0x5104:
        return 8; /* 亿億 */
    default:
        return 0;
    }
}
